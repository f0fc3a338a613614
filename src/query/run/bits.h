// A row of bits, and sets of places of which few or many are in it.
//
// Places are 0-based. Threads: values.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace kalima::query {

class Bits {
 public:
  Bits() = default;
  explicit Bits(std::size_t size, bool all = false);

  std::size_t size() const { return size_; }
  std::size_t blocks() const { return blocks_.size(); }
  bool test(std::size_t place) const {
    return place < size_ && (blocks_[place / 64] >> (place % 64) & 1) != 0;
  }
  void set(std::size_t place) { blocks_[place / 64] |= std::uint64_t{1} << (place % 64); }
  void set_range(std::size_t begin, std::size_t end);
  std::uint64_t block(std::size_t i) const { return blocks_[i]; }
  std::uint64_t& block(std::size_t i) { return blocks_[i]; }
  // The 64 bits from `place` on; 0 beyond the end.
  std::uint64_t from(std::size_t place) const {
    const std::size_t i = place / 64, shift = place % 64;
    const std::uint64_t low = i < blocks_.size() ? blocks_[i] >> shift : 0;
    if (shift == 0 || i + 1 >= blocks_.size()) return low;
    return low | blocks_[i + 1] << (64 - shift);
  }
  std::size_t count() const;

  // Of another size too: what lies beyond its end is not in it, and what lies beyond the own end is left out.
  Bits& operator&=(const Bits& other);
  Bits& operator|=(const Bits& other);
  Bits& minus(const Bits& other);
  void flip();

  template <typename Visit>
  void each(Visit visit) const {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      for (std::uint64_t left = blocks_[i]; left != 0; left &= left - 1)
        visit(i * 64 + static_cast<std::size_t>(std::countr_zero(left)));
    }
  }

 private:
  void cut();

  std::size_t size_ = 0;
  std::vector<std::uint64_t> blocks_;
};

// Places where something begins: a sorted list while they are few, bits when they are many.
class Starts {
 public:
  Starts() = default;
  explicit Starts(Bits bits);
  explicit Starts(std::vector<std::uint32_t> list) : list_(std::move(list)), count_(list_.size()) {}

  std::size_t count() const { return count_; }
  bool empty() const { return count_ == 0; }
  bool dense() const { return dense_; }
  const Bits& bits() const { return bits_; }
  std::span<const std::uint32_t> list() const { return list_; }
  std::size_t bytes() const { return dense_ ? bits_.blocks() * 8 : list_.capacity() * 4; }

  // Those whose place + offset is in `of`; `offset` may be negative.
  Starts at(const Bits& of, std::ptrdiff_t offset) const;
  Starts at(const Starts& of, std::ptrdiff_t offset) const;
  // Those for which it is true.
  template <typename Keep>
  Starts where(Keep keep) const;
  // Adds them; returns those that are new.
  Starts add(Starts more);
  void add_to(Bits& bits, std::size_t offset) const;

  template <typename Visit>
  void each(Visit visit) const {
    if (dense_) {
      bits_.each([&](std::size_t place) { visit(static_cast<std::uint32_t>(place)); });
    } else {
      for (const std::uint32_t place : list_) visit(place);
    }
  }

 private:
  Bits bits_;
  std::vector<std::uint32_t> list_;
  std::size_t count_ = 0;
  bool dense_ = false;
};

template <typename Keep>
Starts Starts::where(Keep keep) const {
  if (!dense_) {
    std::vector<std::uint32_t> out;
    for (const std::uint32_t place : list_) {
      if (keep(place)) out.push_back(place);
    }
    return Starts(std::move(out));
  }
  Bits out(bits_.size());
  bits_.each([&](std::size_t place) {
    if (keep(static_cast<std::uint32_t>(place))) out.set(place);
  });
  return Starts(std::move(out));
}

}  // namespace kalima::query
