// Words that one spelling writes together and another one apart.
//
// Units: code points. Threads: pure functions. No input is an error.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::text {

// Words of a query written as one.
struct Joined {
  std::u32string word;
  // Modern spelling separates what the Uthmani text joins (step modern_spelling): يا and ها before a word, أن before
  // لو, لم and لن, أو before لم and
  // لو. Otherwise the words are others than those that were typed (step joined): إنهم for إن هم.
  bool is_spelling;
};

// How many words, at most, are written as one.
inline constexpr std::size_t max_joined = 3;

// All ways to write two or three words as one, those of spelling first; three words only if that is spelling
// (يا ابن أم, يَبْنَؤُمَّ).
std::vector<Joined> joined(std::span<const std::u32string_view> words);

// A place at which a word may be two words of the text.
struct Cut {
  std::size_t at;    // code points before it
  bool is_spelling;  // after يَـٰ: يَـٰٓأَيُّهَا is يا أيها
};

// All places, from the left. Each side has two letters or more.
std::vector<Cut> cuts(std::u32string_view word);

}  // namespace kalima::text
