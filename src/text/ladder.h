// When are two written words the same word? A ladder of steps, each of which takes for equal all that the
// step before does and something more. README.md in this folder has the rules of each step and where they
// come from.
//
// Units: words are code points. Threads: pure functions. No input is an error.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "text/letters.h"

namespace kalima::text {

enum class Step : std::uint8_t {
  exact,            // canonically equivalent: NFC and NFD are the same
  plain,            // without tatweel, pause marks and the annotation signs of Quranic orthography
  partial_vowels,   // letters agree, and their vowel signs wherever both have one
  no_vowels,        // letters agree
  folded,           // letters without hamza on a seat; ya = alif maqsura, ha = ta marbuta
  modern_spelling,  // Uthmani and modern spelling of a word
  regional,         // Persian, Urdu and other code points and presentation forms for the Arabic letters
};
inline constexpr std::size_t step_count = 7;
inline constexpr Step loosest_step = Step::regional;

// "exact", "plain", ... as above.
std::string_view step_name(Step step);
std::optional<Step> step_of_name(std::string_view name);

// A word made ready to be compared.
struct Word {
  explicit Word(std::u32string_view code_points);
  // The same with another code point before it.
  static Word with_prefix(char32_t first, std::u32string_view rest);

  std::u32string written;
  Letters letters;
  Letters standard;  // after regional code points were replaced
  bool is_regional;  // any was
};

// match() takes time in proportion to the product of the lengths: give it no words over so many code points.
// The longest word of the Quran has 21.
inline constexpr std::size_t longest_word = 100;

// The strictest step at which the words are the same, `loosest` at most. Symmetric.
std::optional<Step> match(const Word& a, const Word& b, Step loosest = loosest_step);

// What the word looks like at a step. Each is its own normal form. For `exact`, `plain`, `no_vowels` and
// `folded` two words match at the step or before if and only if their forms are equal; `partial_vowels`
// compares the forms of `plain` sign by sign; for `modern_spelling` and `regional` the form is a key that
// matching words share, and others may have too.
std::u32string normal_form(Step step, std::u32string_view word);

// The key of `regional` as UTF-8: the consonants.
std::string match_key(const Letters& standard);

}  // namespace kalima::text
