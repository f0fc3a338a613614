// Sets of places of which few or many are in it.
//
// Places are 0-based. Threads: values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "support/bits.h"

namespace kalima::query {

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
  std::size_t bytes() const { return dense_ ? bits_.bytes() : list_.size() * 4; }

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
  return Starts(bits_.where([&](std::size_t place) { return keep(static_cast<std::uint32_t>(place)); }));
}

}  // namespace kalima::query
