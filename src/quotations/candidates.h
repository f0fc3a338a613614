// Alignments cut to the part that is worth something: what a text may quote from one place.
//
// Threads: pure functions.
#pragma once

#include <cstdint>
#include <optional>

#include "quotations/alignment.h"
#include "quotations/corpus_words.h"
#include "quotations/text_words.h"

namespace kalima::quotations {

// A part of the text beside a part of the corpus.
struct Candidate {
  Alignment alignment;
  double bits;

  std::uint32_t first() const { return alignment.front().word; }
  std::uint32_t end() const { return alignment.back().word + alignment.back().words; }
  std::uint32_t position() const { return alignment.front().position; }
  std::uint32_t last_position() const { return alignment.back().position + alignment.back().positions - 1; }
};

// Whether the words say the same, or nearly.
bool agrees(const Pair& pair);

// The part of an alignment that says most; nullopt if that is too little.
std::optional<Candidate> candidate_of(const Alignment& whole, const TextWords& text,
                                      const CorpusWords& corpus);

}  // namespace kalima::quotations
