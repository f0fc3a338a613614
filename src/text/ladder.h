// When are two written words the same word? steps.h has the steps; this file compares words at the first seven.
// Words that match at one step also match at all later ones. README.md in this folder has the rules of each step
// and their sources.
//
// Units: words are code points. Threads: pure functions. No input is an error.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/letters.h"
#include "text/steps.h"

namespace kalima::text {

// A word prepared for comparison.
struct Word {
  explicit Word(std::u32string_view code_points);
  // The same with another code point before it.
  static Word with_prefix(char32_t first, std::u32string_view rest);

  std::u32string written;
  Letters letters;
};

// In code points. The time of match() is proportional to the product of the lengths: do not pass it longer
// words. The longest word of the Quran has 21.
inline constexpr std::size_t longest_word = 100;

// The strictest step, up to `loosest`, at which the words are the same; nullopt if they differ. Symmetric.
std::optional<Step> match(const Word& a, const Word& b, Step loosest = loosest_step);

// What the word looks like at a step; idempotent. At `exact` and `plain`, two words match at that step or an
// earlier one if and only if their forms are equal. `partial_vowels` compares the forms of `plain` sign by sign.
// Words that match at `folded` or earlier have the same form of `folded`, which is without vowels. For later steps
// the form is a key: matching words share it, but so may others.
std::u32string normal_form(Step step, std::u32string_view word);

// The key under which words that match are looked up, as UTF-8: the consonants.
std::string match_key(const Letters& letters);

}  // namespace kalima::text
