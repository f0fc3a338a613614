// Facts about the surahs: what is needed to number the lines of a plain text, and the names in the old API's
// answers.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace kalima::corpus {

struct Surah {
  int verses;             // in the count of Kufa, which Tanzil uses
  std::string_view name;  // Arabic, without vowel signs, spelt as in the old server's corpus
};

// All 114; surah N has index N - 1.
std::span<const Surah> surahs();

inline constexpr std::size_t all_verses = 6236;

}  // namespace kalima::corpus
