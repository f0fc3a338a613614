// The surahs: facts that a text of numberless lines needs to be placed, and the names that the old API
// answers with.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace kalima::corpus {

struct Surah {
  int verses;             // in the count of Kufa, which the Tanzil text has
  std::string_view name;  // Arabic, without vowel signs, spelt as in the old server's corpus
};

// All 114, surah N at place N - 1.
std::span<const Surah> surahs();

inline constexpr std::size_t all_verses = 6236;

}  // namespace kalima::corpus
