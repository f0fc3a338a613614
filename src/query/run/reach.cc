#include "query/run/reach.h"

#include <algorithm>
#include <utility>

namespace kalima::query {

Reach::Reach(std::vector<std::uint32_t> longest) : longest_(std::move(longest)) {
  std::vector<std::uint32_t> left;
  for (std::uint32_t place = 0; place < longest_.size(); ++place) {
    if (longest_[place] > 0) left.push_back(place);
  }
  for (std::uint32_t places = 0; !left.empty(); ++places) {
    std::erase_if(left, [&](std::uint32_t place) { return longest_[place] < places; });
    if (left.size() > longest_.size() / 64) {
      Bits all(longest_.size());
      for (const std::uint32_t place : left) all.set(place);
      with_.emplace_back(std::move(all));
    } else {
      with_.emplace_back(left);
    }
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
