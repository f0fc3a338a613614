// Where a text may quote the corpus: pairs of words that the text and the corpus both have near each other, and rows of
// such pairs.
//
// Threads: one call, one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "quotations/corpus_words.h"
#include "quotations/text_words.h"

namespace kalima::quotations {

// An item of the text that is the word at a position.
struct Anchor {
  std::uint32_t position;
  std::uint32_t item;

  friend auto operator<=>(const Anchor&, const Anchor&) = default;
};

struct Anchors {
  std::vector<Anchor> list;  // by position, then item; each has another one next to it, or one word further
  bool partial = false;
};

Anchors find_anchors(TextWords& text, const CorpusWords& corpus, const std::function<bool()>& expired);

// Anchors whose items and positions both go up, with small gaps.
struct Chain {
  std::vector<Anchor> anchors;
  double bits;  // of its words, less what its gaps cost
};

// No anchor is in two of them; the best first.
std::vector<Chain> find_chains(const TextWords& text, const CorpusWords& corpus, const Anchors& anchors,
                               const std::function<bool()>& expired);
// Without those whose words are, for the most part, in much better ones.
std::vector<Chain> likely_chains(const TextWords& text, std::vector<Chain> chains);

}  // namespace kalima::quotations
