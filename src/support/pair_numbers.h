// Numbers for pairs of numbers, from 0 in the order in which they come: a table with open addressing.
//
// Threads: one object is used by one.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace kalima {

class PairNumbers {
 public:
  // For so many pairs at most.
  explicit PairNumbers(std::size_t pairs) : places_(std::bit_ceil(pairs * 2 + 16)) {}

  // The number of the pair, and whether it is new.
  std::pair<std::uint32_t, bool> of(std::uint32_t a, std::uint32_t b) {
    const std::uint64_t key = std::uint64_t{a} << 32 | b;
    std::uint64_t hash = key * 0x9E3779B97F4A7C15;
    hash ^= hash >> 32;
    std::size_t place = hash & (places_.size() - 1);
    while (places_[place].number != 0 && places_[place].key != key)
      place = (place + 1) & (places_.size() - 1);
    const bool is_new = places_[place].number == 0;
    if (is_new) places_[place] = {key, ++count_};
    return {places_[place].number - 1, is_new};
  }
  static std::size_t bytes(std::size_t pairs) { return std::bit_ceil(pairs * 2 + 16) * sizeof(Place); }

 private:
  struct Place {
    std::uint64_t key = 0;
    std::uint32_t number = 0;  // from 1; 0 is free
  };
  std::vector<Place> places_;
  std::uint32_t count_ = 0;
};

}  // namespace kalima
