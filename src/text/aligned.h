// Which words of a text are the words of another source, such as a morphology: two sources write together or apart
// different words, and spell them differently.
//
// Units: words, 0-based. Threads: pure functions. No input is an error.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kalima::text {

// What a word of the other source is in the text.
struct Aligned {
  std::size_t first = 0, count = 0;  // the words [first, first + count) of the text; none if count is 0
  // In some spelling (ladder.h, joined.h) they are the same word, or they have the letters that all spellings have: a source may
  // leave out the dagger alifs that modern spelling has letters for. With count 0: the text writes it together with the
  // word before.
  bool same = false;
};

// The texts may differ by as many words.
inline constexpr std::size_t max_surplus = 16;

// For each of `wanted`, in order, so that every word of the text is in one of them: the division in which the words that
// are the same have the most letters, then the one in which the others share the most letters; of equals, the one that joins
// words later. If both have equally many words, they are taken one by one unless another division has more words that are the
// same. nullopt if the numbers of words differ by more than max_surplus, or differ in more than 1,000.
std::optional<std::vector<Aligned>> aligned(std::span<const std::u32string> words,
                                            std::span<const std::u32string> wanted);

}  // namespace kalima::text
