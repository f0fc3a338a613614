// Regions as places of an axis, and fences: where spans may not go on.
//
// Threads: constant once made.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "support/bits.h"

namespace kalima::query {

// [begin, end) of each, by begin and the longest first; those that hold no word are left out.
struct RegionPlaces {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
  bool disjoint = true;

  // The end of the longest that begins there; 0 for none.
  std::uint32_t longest_from(std::uint32_t begin) const;
  // Whether one begins and ends there.
  bool has(std::uint32_t begin, std::uint32_t end) const;
  // The one that holds them; of disjoint ones.
  std::optional<std::pair<std::uint32_t, std::uint32_t>> holding(std::uint32_t begin,
                                                                 std::uint32_t end) const;
};

// Regions with a bit for each place where one begins, or ends (from 0 to the size).
struct RegionMarks {
  std::shared_ptr<const RegionPlaces> places;
  std::shared_ptr<const Bits> begins, ends;
  // Those that are not where a surah begins.
  std::shared_ptr<const Bits> begins_in_surah, ends_in_surah;
};

bool are_disjoint(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& ranges);
// Of an axis of so many places; `surahs`: where surahs begin, if they are not the regions themselves.
RegionMarks marks_of(std::size_t size, std::shared_ptr<const RegionPlaces> places, const Bits* surahs);

// Where spans may not go on.
struct Fence {
  // Places (from 0 to the size) that only begin a span: those of each of these.
  std::vector<std::shared_ptr<const Bits>> borders;
  // Where spans may begin; all places if it is null.
  std::shared_ptr<const Bits> inside;
  // The first places of words that a border divides: they lie on neither side. May be null.
  std::shared_ptr<const Bits> divided;
  // What a span must lie in: one of each.
  std::vector<std::shared_ptr<const RegionPlaces>> regions;

  bool is_border(std::size_t place) const {
    return std::ranges::any_of(borders, [place](const auto& border) { return border->test(place); });
  }
  // The first one that is not before `place`, or a place after the last one.
  std::size_t next_border(std::size_t place) const {
    std::size_t out = SIZE_MAX;
    for (const auto& border : borders) out = std::min(out, border->next(place));
    return out;
  }
  void take_borders_from(Bits& places) const {
    for (const auto& border : borders) places.minus(*border);
  }
  void take_divided_from(Bits& words) const {
    if (divided) words.minus(*divided);
  }
  // Whether a span, which is not empty, lies in one of each of the regions.
  bool holds(std::uint32_t begin, std::uint32_t end) const {
    return std::ranges::all_of(regions,
                               [&](const auto& places) { return places->holding(begin, end).has_value(); });
  }
};

}  // namespace kalima::query
