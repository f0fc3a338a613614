// How an Arabic word that is written with its vowels sounds: what a transliteration is compared with.
//
// Source: the spelling of Tanzil's Uthmani text. A word without vowels has a vowel wherever one may be. Letters at the
// beginning of a surah that are read by their names (الٓمٓ) sound like these.
//
// Units: offsets as in letters.h. Threads: pure functions. No input is an error.
#pragma once

#include <cstdint>
#include <vector>

#include "text/letters.h"

namespace kalima::text {

enum Vowel : std::uint8_t { vowel_a = 1, vowel_i = 2, vowel_u = 4, any_vowel = 7 };

struct Sound {
  enum class Kind : std::uint8_t {
    consonant,
    vowel,
    tanwin,      // its vowel, with the n or without
    ta_marbuta,  // t, h or nothing
  };
  Kind kind;
  char32_t letter = 0;      // of a consonant
  std::uint8_t vowels = 0;  // that it may be
  bool is_long = false;     // of a vowel
  bool optional = false;  // it need not be written: a hamza, ع, what is assimilated, the vowel of alif wasla
  bool doubled = false;
  std::uint32_t begin = 0;  // of its letter
};

std::vector<Sound> sounds(const Letters& word);

}  // namespace kalima::text
