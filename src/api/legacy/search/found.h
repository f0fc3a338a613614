#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kalima::api::legacy {

// What a search found: the first hits, in order, and the total count (each search says of what).
template <typename Hit>
struct Found {
  std::size_t count = 0;
  std::vector<Hit> hits;
};

}  // namespace kalima::api::legacy
