#include "query/run/starts.h"

#include <algorithm>
#include <iterator>

namespace kalima::query {

Starts::Starts(Bits bits) : bits_(std::move(bits)), count_(bits_.count()), dense_(true) {
  // A list is as small and as quick from here on.
  if (count_ > bits_.blocks()) return;
  list_.reserve(count_);
  bits_.each([this](std::size_t place) { list_.push_back(static_cast<std::uint32_t>(place)); });
  bits_ = Bits();
  dense_ = false;
}

Starts Starts::at(const Bits& of, std::ptrdiff_t offset) const {
  if (!dense_) {
    std::vector<std::uint32_t> out;
    for (const std::uint32_t place : list_) {
      const std::ptrdiff_t there = static_cast<std::ptrdiff_t>(place) + offset;
      if (there >= 0 && of.test(static_cast<std::size_t>(there))) out.push_back(place);
    }
    return Starts(std::move(out));
  }
  if (offset < 0) {
    return where([&](std::uint32_t place) {
      return static_cast<std::ptrdiff_t>(place) >= -offset &&
             of.test(static_cast<std::size_t>(static_cast<std::ptrdiff_t>(place) + offset));
    });
  }
  return Starts(bits_.where_shifted(of, static_cast<std::size_t>(offset)));
}

Starts Starts::at(const Starts& of, std::ptrdiff_t offset) const {
  // Looking each of a few up takes less than walking through many.
  constexpr std::size_t many = 16;
  if (of.dense_) return at(of.bits_, offset);
  std::vector<std::uint32_t> out;
  if (dense_ || list_.size() / many > of.list_.size()) {
    for (const std::uint32_t there : of.list_) {
      const std::ptrdiff_t place = static_cast<std::ptrdiff_t>(there) - offset;
      if (place < 0) continue;
      const auto own = static_cast<std::uint32_t>(place);
      if (dense_ ? bits_.test(own) : std::ranges::binary_search(list_, own)) out.push_back(own);
    }
    return Starts(std::move(out));
  }
  auto there = of.list_.begin();
  for (const std::uint32_t place : list_) {
    const std::ptrdiff_t wanted = static_cast<std::ptrdiff_t>(place) + offset;
    const auto before = [&](std::uint32_t one) { return static_cast<std::ptrdiff_t>(one) < wanted; };
    if (of.list_.size() / many > list_.size()) {
      there = std::partition_point(there, of.list_.end(), before);
    } else {
      while (there != of.list_.end() && before(*there)) ++there;
    }
    if (there == of.list_.end()) break;
    if (static_cast<std::ptrdiff_t>(*there) == wanted) out.push_back(place);
  }
  return Starts(std::move(out));
}

Starts Starts::add(Starts more) {
  if (more.empty()) return more;
  if (empty()) {
    *this = more;
    return more;
  }
  if (!dense_ && !more.dense_) {
    std::vector<std::uint32_t> fresh, all;
    std::ranges::set_difference(more.list_, list_, std::back_inserter(fresh));
    if (fresh.empty()) return Starts();
    std::ranges::merge(list_, fresh, std::back_inserter(all));
    *this = Starts(std::move(all));
    return Starts(std::move(fresh));
  }
  // A list may go beyond the bits: what is empty may be after the last place.
  const auto size_of = [](const Starts& starts) {
    return starts.dense_ ? starts.bits_.size() : starts.list_.back() + std::size_t{1};
  };
  const std::size_t size = std::max(size_of(*this), size_of(more));
  Bits fresh(size), all(size);
  more.add_to(fresh, 0);
  add_to(all, 0);
  fresh.minus(all);
  all |= fresh;
  *this = Starts(std::move(all));
  return Starts(std::move(fresh));
}

void Starts::add_to(Bits& bits, std::size_t offset) const {
  if (dense_ && offset == 0) {
    bits |= bits_;
  } else {
    each([&](std::uint32_t place) {
      if (place + offset < bits.size()) bits.set(place + offset);
    });
  }
}

}  // namespace kalima::query
