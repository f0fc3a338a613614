// What words that agree are worth, and what differences cost, in bits. Constants that were fitted on made-up prose with
// quotations in it (tests/quotations/).
#pragma once

#include <cmath>
#include <cstdint>

#include "quotations/text_words.h"
#include "text/steps.h"

namespace kalima::quotations {

// A quotation may leave out so many words of a verse in one place, and have so many other words instead.
inline constexpr std::uint32_t max_words_left_out = 12, max_words_added = 3;

constexpr double cost_left_out(std::uint32_t words) { return words == 0 ? 0 : 6 + 0.5 * words; }
constexpr double cost_added(std::uint32_t words) { return 7.0 * words; }
inline constexpr double cost_of_other_word = 7;
// The end of a sentence of the text, or of a part of it, where no verse ends.
constexpr double cost_of_break(Break at) { return at == Break::sentence ? 8 : at == Break::comma ? 4 : 0; }

// The share of a word's bits that counts when it is found at this step.
constexpr double share(text::Step step) {
  switch (step) {
    case text::Step::no_vowels:
      return 0.8;
    case text::Step::split:
    case text::Step::joined:
    case text::Step::no_article:
      return 0.8;
    case text::Step::typing:
    case text::Step::sound:
      return 0.5;
    default:
      return 1;
  }
}
// A particle before a word that only one of both has.
inline constexpr double share_of_other_particle = 0.7;

// Two words with fewer bits are next to each other everywhere; one word apart even more often. They are found in the gaps
// of a chain, but begin none.
inline constexpr double min_bits_of_pair = 11, min_bits_of_pair_apart = 13;

// Chains and quotations with fewer bits are not looked at.
inline constexpr double min_bits_of_chain = 13, min_bits = 9;
// Two words that follow each other are found anywhere.
inline constexpr double cost_of_two_words = 7;

// A quotation with as many bits is one, whatever else the text says. What the corpus says of a word counts as so many words of a
// text (prose.h).
inline constexpr double bits_beyond_doubt = 32, words_of_corpus = 1000;

// A half at as many bits as two rare words or four common ones have.
inline constexpr double bits_of_half = 17.25, bits_of_certainty = 3;
// Brackets around it, or a word that announces it.
inline constexpr double bits_of_brackets = 8, bits_of_announcement = 5;
inline double score_of(double bits) { return 1 / (1 + std::exp((bits_of_half - bits) / bits_of_certainty)); }

}  // namespace kalima::quotations
