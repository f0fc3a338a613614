#include "query/run/reach.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace kalima::query {

Reach::Reach(std::vector<std::uint32_t> longest) : longest_(std::move(longest)) {
  std::vector<std::uint32_t> by_longest(longest_.size());
  std::iota(by_longest.begin(), by_longest.end(), 0U);
  std::ranges::stable_sort(by_longest, {}, [&](std::uint32_t place) { return longest_[place]; });
  Bits left(longest_.size(), true);
  auto next = by_longest.begin();
  for (std::uint32_t places = 0;; ++places) {
    if (next != by_longest.end() && longest_[*next] < places) {
      Bits over(longest_.size());
      for (; next != by_longest.end() && longest_[*next] < places; ++next) over.set(*next);
      left.minus(over);
    }
    if (next == by_longest.end()) return;
    with_.emplace_back(left);
  }
}

Starts Reach::of(const Starts& starts, std::uint32_t places) const {
  return places < with_.size() ? starts.at(with_[places], 0) : Starts();
}

std::size_t Reach::bytes() const {
  std::size_t out = longest_.size() * sizeof(std::uint32_t);
  for (const Starts& starts : with_) out += sizeof(Starts) + starts.bytes();
  return out;
}

}  // namespace kalima::query
