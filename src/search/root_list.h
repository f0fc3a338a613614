// The roots of the corpus and how often each occurs.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "snapshot/snapshot.h"

namespace kalima::search {

struct RootCount {
  std::string_view root;  // as stored; points into the snapshot
  std::uint32_t verses;   // that contain a segment of this root
  std::uint32_t words;    // likewise
};

// Every root of a segment except null and white space, by code point. Walks all segments, which takes a few
// milliseconds for the whole Quran. Threads: any.
std::vector<RootCount> count_roots(const snapshot::Snapshot& snapshot);

}  // namespace kalima::search
