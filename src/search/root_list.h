// The roots of the corpus and how often each occurs.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "snapshot/snapshot.h"

namespace kalima::search {

struct RootCount {
  std::string_view root;  // as it is stored; lies in the snapshot
  std::uint32_t verses;   // that hold a segment of this root
  std::uint32_t words;    // likewise
};

// Every root of a segment but null and white space, by code point. Goes through all segments: some
// milliseconds for the whole Quran. Any thread.
std::vector<RootCount> count_roots(const snapshot::Snapshot& snapshot);

}  // namespace kalima::search
