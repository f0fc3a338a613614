// Arabic words as letters with the signs that belong to each. The one place that knows what each code point
// of the Arabic blocks is.
//
// Source: Unicode code charts U+0600-06FF, U+0750-077F, U+08A0-08FF, and the usage of Tanzil's Uthmani text:
// hamza and dagger alif on a tatweel; small waw, yeh and noon for long vowels and consonants that are missing
// in the consonantal text; a rounded zero over letters that are not read.
//
// Units: code points; offsets are 0-based and count the code points of the input, or of its canonical
// decomposition if it contains anything but ASCII and U+0600-06FF. Threads: pure functions. No input is an
// error: a code point that is not Arabic becomes a letter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::text {

enum Sign : std::uint16_t {
  fathatan = 1 << 0,
  dammatan = 1 << 1,
  kasratan = 1 << 2,
  fatha = 1 << 3,
  damma = 1 << 4,
  kasra = 1 << 5,
  sukun = 1 << 6,
  shadda = 1 << 7,
  dagger_alif = 1 << 8,
  hamza_above = 1 << 9,
  hamza_below = 1 << 10,
  // Signs of Quranic orthography and recitation.
  maddah = 1 << 11,
  not_read = 1 << 12,      // U+06DF, the rounded zero
  read_as_seen = 1 << 13,  // U+06DC and U+06E3, a small seen over or under a sad
};
inline constexpr std::uint16_t vowel_signs = fathatan | dammatan | kasratan | fatha | damma | kasra | sukun;
inline constexpr std::uint16_t hamza_signs = hamza_above | hamza_below;

struct Letter {
  char32_t base;  // U+0621 for a hamza on a tatweel, U+0627, U+0648, U+064A for ئ ؤ أ إ آ (with their sign),
                  // else as written
  std::uint16_t signs = 0;
  bool small = false;       // a small waw, yeh or noon: base is the full letter
  std::uint32_t begin = 0;  // where it starts, including a tatweel that carries it

  bool has(std::uint16_t any_of) const { return (signs & any_of) != 0; }
};
using Letters = std::vector<Letter>;

// The letters of a word in any normalization form: canonically equivalent words have the same letters, except
// for offsets. Tatweel, pause marks, other annotation signs, and invisible formatting characters are left
// out.
Letters letters(std::u32string_view word);

// Canonical decomposition (NFD), and compatibility decomposition (NFKD).
std::u32string decomposed(std::u32string_view text);
std::u32string compatibly_decomposed(std::u32string_view text);

// A letter of the Arabic script: not a digit, sign, tatweel or small letter.
bool is_arabic_letter(char32_t c);
// Punctuation of any script.
bool is_punctuation(char32_t c);

}  // namespace kalima::text
