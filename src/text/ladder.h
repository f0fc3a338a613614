// When are two written words the same word? There are seven steps; words that match at one step also match at
// all later ones. README.md in this folder has the rules of each step and their sources.
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

// In the order of the steps.
inline constexpr std::array<std::string_view, step_count> step_names = {
    "exact", "plain", "partial_vowels", "no_vowels", "folded", "modern_spelling", "regional"};
constexpr std::string_view step_name(Step step) { return step_names[static_cast<std::size_t>(step)]; }

// A word prepared for comparison.
struct Word {
  explicit Word(std::u32string_view code_points);
  // The same with another code point before it.
  static Word with_prefix(char32_t first, std::u32string_view rest);

  std::u32string written;
  Letters letters;
  Letters standard;  // after regional code points were replaced
  bool is_regional;  // whether any was replaced
};

// In code points. The time of match() is proportional to the product of the lengths: do not pass it longer
// words. The longest word of the Quran has 21.
inline constexpr std::size_t longest_word = 100;

// The strictest step, up to `loosest`, at which the words are the same; nullopt if they differ. Symmetric.
std::optional<Step> match(const Word& a, const Word& b, Step loosest = loosest_step);

// What the word looks like at a step; idempotent. At `exact`, `plain`, `no_vowels` and `folded`, two words
// match at that step or an earlier one if and only if their forms are equal. `partial_vowels` compares the
// forms of `plain` sign by sign. For `modern_spelling` and `regional` the form is a key: matching words share
// it, but so may others.
std::u32string normal_form(Step step, std::u32string_view word);

// The key of `regional` as UTF-8: the consonants.
std::string match_key(const Letters& standard);

}  // namespace kalima::text
