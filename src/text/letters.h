// Arabic words as letters with the signs that belong to each: the one normaliser. Whatever the edition, encoding,
// normalization form, keyboard or font that a word comes from, it has the same letters.
//
// Source: code_points.h, and the usage of Tanzil's Uthmani text: hamza and dagger alif on a tatweel; small waw,
// yeh and noon for long vowels and consonants that are missing in the consonantal text; a rounded zero over
// letters that are not read.
//
// Units: code points; offsets are 0-based and count the code points of the input, or of its canonical
// decomposition if it contains code points of other blocks than ASCII and U+0600-06FF. Threads: pure functions.
// No input is an error: a code point that is not Arabic becomes a letter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/code_points.h"

namespace kalima::text {

struct Letter {
  char32_t base;  // U+0621 for a hamza on a tatweel, U+0627, U+0648, U+064A for ئ ؤ أ إ آ (with their sign),
                  // the letter of Arabic for those of other languages, keyboards and fonts; else as written
  std::uint16_t signs = 0;
  bool small = false;       // a small waw, yeh or noon: base is the full letter
  std::uint32_t begin = 0;  // where it starts, including a tatweel that carries it
  // What is written for base: mostly base itself, or a letter of Persian, Urdu …; 0 after the first letter of a
  // ligature.
  char32_t written = 0;

  bool has(int any_of) const { return (signs & any_of) != 0; }
};
using Letters = std::vector<Letter>;

// The letters of a word in any normalization form: canonically equivalent words have the same letters, except
// for offsets. Tatweel, pause marks, other annotation signs, white space and invisible characters are left out.
//
// Encodings that are read alike:
//   - a hamza over or under a letter that cannot be its seat is a letter after that one, as is a hamza on a
//     tatweel, a joiner (U+200D) or a space: ٔ in يَسۡ‍َٔلُونَكَ
//   - أ with maddah is ء and ا, and so is آ at the beginning: ٱلۡأٓخِرَةِ, آمنوا. ٲ inside a word is a dagger alif over the letter before it: وَٲحِدَةٍ
//   - a short vowel with a small meem is the tanwin of that vowel: سَمِيعُۢ
//   - tanwin on an alif or ى at the end is on the letter before it: كتاباً
//   - U+0652 is the rounded zero on an alif, and on any letter of a word that has the other sukun, U+06E1
Letters letters(std::u32string_view word);

// Whether any letter is written with a code point of another language, keyboard or font.
bool has_foreign(const Letters& word);

// Canonical decomposition (NFD), and compatibility decomposition (NFKD).
std::u32string decomposed(std::u32string_view text);
std::u32string compatibly_decomposed(std::u32string_view text);

// A letter of the Arabic script: not a digit, sign, tatweel or small letter.
bool is_arabic_letter(char32_t c);
// Punctuation of any script.
bool is_punctuation(char32_t c);

}  // namespace kalima::text
