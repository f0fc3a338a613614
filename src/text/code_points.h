// What each code point is in an Arabic text: the one table from which everything else in this folder works.
//
// Sources. Unicode 16.0: code charts of the blocks Arabic, Arabic Supplement, Arabic Extended-A and -B, Arabic
// Presentation Forms-A and -B, with the notes on Persian, Urdu, Kashmiri, Pashto, Uighur, Sindhi, Maghribi and
// African letters. Editions: the notes on Tanzil's text types (https://tanzil.net/docs/quran_text_types); the
// King Fahd Complex's fonts of the Hafs text, which write U+06E1 for sukun, U+0652 for the rounded zero,
// U+0656, U+0657, U+065E (before Unicode 6.1) or U+08F0-08F2 for open tanwin, and U+06E2 or U+06ED after a short
// vowel for the tanwin that is read as meem; editions of South Asia (IndoPak), which write U+0656 and U+0657
// for the long vowels of a final ha.
//
// Units: code points. Threads: pure functions. No input is an error.
#pragma once

#include <cstdint>

namespace kalima::text {

enum class Kind : std::uint8_t {
  letter,
  vowel,        // combines: short vowels, tanwin, sukun, shadda, the dagger alif
  sign,         // combines: hamza, maddah, small letters, signs of recitation
  pause,        // a pause mark: combines with the last letter of a word, or is written after a space
  number,       // a digit or number of any script, also raised or encircled, as notes are marked
  ornament,     // ayah and sajdah signs, honorific ligatures
  space,        // white space as Unicode defines it
  punctuation,  // punctuation and symbols
  ignorable,    // tatweel, joiners, marks of direction, U+25CC: nothing is written
};

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
  small_meem = 1 << 14,    // U+06E2 and U+06ED
};
inline constexpr std::uint16_t tanwin_signs = fathatan | dammatan | kasratan;
inline constexpr std::uint16_t vowel_signs = tanwin_signs | fatha | damma | kasra | sukun;
inline constexpr std::uint16_t hamza_signs = hamza_above | hamza_below;

struct CodePoint {
  Kind kind;
  // Of a letter, the letter of Arabic that it is written for, without its hamza or maddah; of a small letter
  // that combines (kind sign), that letter; else 0.
  char32_t letter = 0;
  // Of a mark, the sign that it is; 0 if it does not change what is read. Two vowels: editions differ in which of
  // them they mean. Of a letter, the hamza or maddah that it has.
  std::uint16_t signs = 0;
  // Whether `letter` is written instead with a code point of another language, keyboard or font.
  bool foreign = false;
  bool small = false;  // a small waw, yeh or noon
};

CodePoint code_point(char32_t c);

// U+FB50-FDFF and U+FE70-FEFC: letters and ligatures that Unicode decomposes, for compatibility only.
constexpr bool is_presentation_form(char32_t c) {
  return (c >= 0xFB50 && c <= 0xFDFF && c != 0xFD3E && c != 0xFD3F) || (c >= 0xFE70 && c <= 0xFEFC);
}

}  // namespace kalima::text
