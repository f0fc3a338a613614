#include "query/run/bits.h"

#include <algorithm>
#include <iterator>

namespace kalima::query {

Bits::Bits(std::size_t size, bool all) : size_(size), blocks_((size + 63) / 64, all ? ~std::uint64_t{0} : 0) {
  cut();
}

void Bits::cut() {
  if (size_ % 64 != 0) blocks_.back() &= (std::uint64_t{1} << (size_ % 64)) - 1;
}

void Bits::set_range(std::size_t begin, std::size_t end) {
  for (; begin < end && begin % 64 != 0; ++begin) set(begin);
  for (; begin + 64 <= end; begin += 64) blocks_[begin / 64] = ~std::uint64_t{0};
  for (; begin < end; ++begin) set(begin);
}

std::size_t Bits::count() const {
  std::size_t out = 0;
  for (const std::uint64_t block : blocks_) out += static_cast<std::size_t>(std::popcount(block));
  return out;
}

Bits& Bits::operator&=(const Bits& other) {
  for (std::size_t i = 0; i < blocks_.size(); ++i) blocks_[i] &= i < other.blocks() ? other.blocks_[i] : 0;
  return *this;
}
Bits& Bits::operator|=(const Bits& other) {
  const std::size_t shared = std::min(blocks(), other.blocks());
  for (std::size_t i = 0; i < shared; ++i) blocks_[i] |= other.blocks_[i];
  cut();
  return *this;
}
Bits& Bits::minus(const Bits& other) {
  const std::size_t shared = std::min(blocks(), other.blocks());
  for (std::size_t i = 0; i < shared; ++i) blocks_[i] &= ~other.blocks_[i];
  return *this;
}
void Bits::flip() {
  for (std::uint64_t& block : blocks_) block = ~block;
  cut();
}

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
  Bits out(bits_.size());
  for (std::size_t i = 0; i < bits_.blocks(); ++i) {
    if (bits_.block(i) != 0)
      out.block(i) = bits_.block(i) & of.from(i * 64 + static_cast<std::size_t>(offset));
  }
  return Starts(std::move(out));
}

Starts Starts::at(const Starts& of, std::ptrdiff_t offset) const {
  if (of.dense_) return at(of.bits_, offset);
  if (dense_) {
    std::vector<std::uint32_t> out;
    for (const std::uint32_t there : of.list_) {
      const std::ptrdiff_t place = static_cast<std::ptrdiff_t>(there) - offset;
      if (place >= 0 && bits_.test(static_cast<std::size_t>(place)))
        out.push_back(static_cast<std::uint32_t>(place));
    }
    return Starts(std::move(out));
  }
  std::vector<std::uint32_t> out;
  std::size_t i = 0;
  for (const std::uint32_t place : list_) {
    const std::ptrdiff_t wanted = static_cast<std::ptrdiff_t>(place) + offset;
    while (i < of.list_.size() && static_cast<std::ptrdiff_t>(of.list_[i]) < wanted) ++i;
    if (i == of.list_.size()) break;
    if (static_cast<std::ptrdiff_t>(of.list_[i]) == wanted) out.push_back(place);
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
  const std::size_t size = std::max(bits_.size(), more.bits_.size());
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
