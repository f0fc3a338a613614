// A page of a list in some order, without the order of the rest.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace kalima::query {

// Leaves those from `offset` on, at most `limit`, in the order that `before` says.
template <typename T, typename Before>
void keep_page(std::vector<T>& all, std::uint64_t offset, std::uint64_t limit, Before before) {
  const auto begin = all.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(offset, all.size()));
  const auto end =
      begin + static_cast<std::ptrdiff_t>(std::min(limit, static_cast<std::uint64_t>(all.end() - begin)));
  if (begin < end) {
    std::nth_element(all.begin(), begin, all.end(), before);
    if (end < all.end()) std::nth_element(begin, end, all.end(), before);
    std::sort(begin, end, before);
  }
  all.erase(end, all.end());
  all.erase(all.begin(), begin);
}

}  // namespace kalima::query
