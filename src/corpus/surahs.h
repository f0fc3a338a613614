// The surahs: how many verses each has, where and when it was revealed, its names. Facts that hold for every
// corpus, from data/divisions, whose README names their sources. Threads: any; constant after the first call.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "attributes/region_values.h"

namespace kalima::corpus {

struct Surah {
  int verses = 0;  // in the count of Kufa, which Tanzil uses
  attributes::Place place = {};
  int order = 0;             // of revelation, 1 to 114
  std::string_view name;     // Arabic, without marks
  std::string_view latin;    // "al-Baqara"
  std::string_view english;  // "The Cow"
};

// All 114; surah N has index N - 1.
std::span<const Surah> surahs();

inline constexpr std::size_t all_verses = 6236;

}  // namespace kalima::corpus
