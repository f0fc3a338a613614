// Numbers for pairs of numbers, from 0 in the order in which they come: a table with open addressing, which is twice to four
// times as large as it has pairs, so that what is counted often stays near.
//
// Threads: one object is used by one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace kalima {

class PairNumbers {
 public:
  PairNumbers() : places_(64) {}

  // The number of the pair, and whether it is new.
  std::pair<std::uint32_t, bool> of(std::uint32_t a, std::uint32_t b) {
    const std::uint64_t key = std::uint64_t{a} << 32 | b;
    Place* place = &places_[place_of(key)];
    if (place->number != 0) return {place->number - 1, false};
    if (std::size_t{count_} * 2 >= places_.size()) {
      grow();
      place = &places_[place_of(key)];
    }
    *place = {key, ++count_};
    return {count_ - 1, true};
  }
  // What it takes, in bytes.
  std::size_t bytes() const { return places_.size() * sizeof(Place); }

 private:
  struct Place {
    std::uint64_t key = 0;
    std::uint32_t number = 0;  // from 1; 0 is free
  };

  // Where the key is, or would be.
  std::size_t place_of(std::uint64_t key) const {
    std::uint64_t hash = key * 0x9E3779B97F4A7C15;
    hash ^= hash >> 32;
    std::size_t place = hash & (places_.size() - 1);
    while (places_[place].number != 0 && places_[place].key != key)
      place = (place + 1) & (places_.size() - 1);
    return place;
  }
  void grow() {
    const std::vector<Place> former = std::exchange(places_, std::vector<Place>(places_.size() * 2));
    for (const Place& place : former) {
      if (place.number != 0) places_[place_of(place.key)] = place;
    }
  }

  std::vector<Place> places_;
  std::uint32_t count_ = 0;
};

}  // namespace kalima
