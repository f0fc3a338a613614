// Runs Xapian calls and turns its exceptions into Error. Include only in this folder's .cc files.
#pragma once

#include <fmt/format.h>
#include <xapian.h>

#include "support/error.h"

namespace kalima::index {

template <typename Call>
auto converted(Call call) -> decltype(call()) {
  try {  // where exceptions of Xapian end
    return call();
  } catch (const Xapian::DatabaseError& e) {
    throw Error(ErrorCode::io, fmt::format("the index cannot be used: {}", e.get_msg()),
                "run `kalima reindex`");
  } catch (const Xapian::Error& e) {
    throw Error(ErrorCode::internal, fmt::format("index: {}", e.get_msg()));
  }
}

}  // namespace kalima::index
