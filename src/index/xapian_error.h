// Runs Xapian calls and turns its exceptions into Error. Include only in this folder's .cc files.
#pragma once

#include <fmt/format.h>
#include <xapian.h>

#include <atomic>

#include "support/error.h"

namespace kalima::index {

// While an index is made, or compared with another.
template <typename Call>
auto converted(Call call) -> decltype(call()) {
  try {  // converts exceptions of Xapian
    return call();
  } catch (const Xapian::DatabaseError& e) {
    throw Error(ErrorCode::io, fmt::format("the index cannot be used: {}", e.get_msg()),
                "run `kalima reindex`");
  } catch (const Xapian::Error& e) {
    throw Error(ErrorCode::internal, fmt::format("index: {}", e.get_msg()));
  }
}

// While one is opened: what is wrong with the file itself is Error(bad_input), since a new file cures it; that the system
// did not let us read it is Error(io), since a new file would not.
template <typename Call>
auto opening(Call call) -> decltype(call()) {
  try {
    return call();
  } catch (const Xapian::DatabaseCorruptError& e) {
    throw Error(ErrorCode::bad_input, fmt::format("the index is damaged: {}", e.get_msg()));
  } catch (const Xapian::DatabaseVersionError& e) {
    throw Error(ErrorCode::bad_input, fmt::format("the index is of another version: {}", e.get_msg()));
  } catch (const Xapian::Error& e) {
    throw Error(ErrorCode::io, fmt::format("the index cannot be opened: {}", e.get_msg()));
  }
}

// While one is used: it was whole when it was opened, so that whoever owns it opens another.
template <typename Call>
auto reading(std::atomic<bool>& unreadable, Call call) -> decltype(call()) {
  try {
    return call();
  } catch (const Xapian::DatabaseError& e) {
    unreadable.store(true, std::memory_order_relaxed);
    throw Error(ErrorCode::unavailable, fmt::format("the index cannot be read: {}", e.get_msg()),
                "it is being rebuilt; try again in a moment");
  } catch (const Xapian::Error& e) {
    throw Error(ErrorCode::internal, fmt::format("index: {}", e.get_msg()));
  }
}

}  // namespace kalima::index
