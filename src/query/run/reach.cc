#include "query/run/reach.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace kalima::query {
namespace {

// What the sets may take together, in bytes: in one Quran enough for each length that an endless part may have.
constexpr std::size_t max_bytes = std::size_t{16} << 20;

}  // namespace

Reach::Reach(std::vector<std::uint32_t> longest) : longest_(std::move(longest)) {
  const std::size_t sets = max_bytes / (longest_.size() / 8 + 1) + 1;
  std::vector<std::uint32_t> by_longest(longest_.size());
  std::iota(by_longest.begin(), by_longest.end(), 0U);
  std::ranges::stable_sort(by_longest, {}, [&](std::uint32_t place) { return longest_[place]; });
  Bits left(longest_.size(), true);
  auto next = by_longest.begin();
  for (std::uint32_t places = 0; places < sets; ++places) {
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
  if (places < with_.size()) return starts.at(with_[places], 0);
  return starts.where([&](std::uint32_t place) { return longest_[place] >= places; });
}

std::size_t Reach::bytes() const {
  std::size_t out = longest_.size() * sizeof(std::uint32_t);
  for (const Starts& starts : with_) out += sizeof(Starts) + starts.bytes();
  return out;
}

}  // namespace kalima::query
