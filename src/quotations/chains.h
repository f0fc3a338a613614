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

// Whether the time of a stage is over. What was found until then goes on to the next.
using Expired = std::function<bool()>;

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

Anchors find_anchors(TextWords& text, const CorpusWords& corpus, const Expired& expired);

// Anchors whose items and positions both go up, with small gaps.
struct Chain {
  std::vector<Anchor> anchors;
  double bits;  // of its words, less what its gaps cost
};

struct FoundChains {
  std::vector<Chain> list;  // the best first; no anchor is in two of them
  bool partial = false;
};
FoundChains find_chains(const TextWords& text, const CorpusWords& corpus, const Anchors& anchors,
                        const Expired& expired);
struct Chains {
  std::vector<Chain> likely;
  std::vector<Chain> others;  // whose words are, for the most part, in much better ones
};
Chains likely_chains(const TextWords& text, std::vector<Chain> chains);

}  // namespace kalima::quotations
