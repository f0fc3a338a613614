// Regions as places of an axis.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "query/plan/plan.h"
#include "query/run/axis.h"
#include "query/run/bits.h"

namespace kalima::query {

// [begin, end) of each, by begin and the longest first; those that hold no word are left out.
struct RegionPlaces {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
  bool disjoint = true;

  bool has(std::uint32_t begin, std::uint32_t end) const;
};
RegionPlaces places_of(const Axis& axis, const std::vector<RegionChoice>& choices);

// A bit for each place where one begins, or ends (from 0 to the size).
Bits begins(const Axis& axis, const RegionPlaces& regions);
Bits ends(const Axis& axis, const RegionPlaces& regions);

// For each place the largest end among ranges that begin there or before, 0 for none.
std::vector<std::uint32_t> furthest_ends(std::size_t size,
                                         const std::vector<std::pair<std::uint32_t, std::uint32_t>>& ranges);
// For each place the number of the region that holds it, from 1; of disjoint ones.
std::vector<std::uint32_t> numbers_of(std::size_t size, const RegionPlaces& regions);

}  // namespace kalima::query
