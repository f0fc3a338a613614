// The numbers of the letters (abjad, in the eastern order), and the anagrams and palindromes that words make.
//
// Units: code points. Threads: pure functions.
#pragma once

#include <cstdint>

namespace kalima::text {

// Of a letter as it is written; a hamza has the value of its seat, ة that of ه, ى that of ي, and a hamza alone is 1. 0 for
// what is not an Arabic letter.
constexpr std::uint32_t abjad(char32_t letter) {
  constexpr char32_t order[] = U"ابجدهوزحطيكلمنسعفصقرشتثخذضظغ";
  switch (letter) {
    case U'أ':
    case U'إ':
    case U'آ':
    case U'ٱ':
    case U'ء':
      return 1;
    case U'ؤ':
      return 6;
    case U'ئ':
    case U'ى':
      return 10;
    case U'ة':
      return 5;
    default:
      break;
  }
  std::uint32_t value = 1, step = 1;
  for (const char32_t one : order) {
    if (one == letter && one != 0) return value;
    value += step;
    if (value == 10 * step) step *= 10;
  }
  return 0;
}

}  // namespace kalima::text
