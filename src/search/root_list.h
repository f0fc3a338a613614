// The roots of the corpus and how often each occurs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "corpus/columns/core_file.h"

namespace kalima::search {

struct RootCount {
  std::string root;      // in Buckwalter, or as it is where it is in other letters
  std::uint32_t verses;  // that contain a segment of this root
  std::uint32_t words;   // likewise
};

// Every root of a segment except white space, by code point of its Buckwalter. Threads: any.
std::vector<RootCount> count_roots(const columns::CoreFile& core);

}  // namespace kalima::search
