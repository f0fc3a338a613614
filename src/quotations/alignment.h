// The words of a chain, of its gaps and of both its ends, side by side.
//
// Threads: one.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "quotations/chains.h"
#include "quotations/corpus_words.h"
#include "quotations/text_words.h"
#include "search/word_file.h"

namespace kalima::quotations {

// Words of the text beside words of the corpus.
struct Pair {
  enum class Kind : std::uint8_t { same, near, particle, other, missing, added };
  Kind kind;
  std::uint32_t word, words;          // of the text; of missing words the one after them, and 0
  std::uint32_t position, positions;  // of the corpus; of added words the one after them, and 0
  text::Step step;                    // of those that are the same or near
  double bits;                        // what it adds; costs are negative
};
using Alignment = std::vector<Pair>;

class Aligner {
 public:
  Aligner(TextWords& text, const CorpusWords& corpus) : text_(text), corpus_(corpus) {}

  // Begins and ends with words that are the same, or near.
  Alignment align(const Chain& chain);

 private:
  struct Area {  // words [word, end_word) and positions [position, end_position)
    std::uint32_t word, end_word, position, end_position;
  };
  // The best way through all of an area.
  Alignment through(const Area& area) { return best(area, false, false); }
  Alignment before(std::uint32_t word, std::uint32_t position);
  Alignment after(std::uint32_t word, std::uint32_t position, std::uint32_t run);
  Alignment best(const Area& area, bool may_begin_anywhere, bool may_end_anywhere);
  // Words of the text and of the corpus, one or two of each, as a pair that is the same or nearly; nullopt otherwise.
  std::optional<Pair> agreeing(std::uint32_t word, std::uint32_t words, std::uint32_t position,
                               std::uint32_t positions);
  // What it says that a form is the word of an entry.
  double bits(std::uint32_t form, std::uint32_t entry, text::Step step) const;
  std::optional<Pair> one_and_one(std::uint32_t word, std::uint32_t position);
  std::optional<Pair> run_together(std::uint32_t word, std::uint32_t words, std::uint32_t position,
                                   std::uint32_t positions);

  TextWords& text_;
  const CorpusWords& corpus_;
  std::unordered_map<std::uint64_t, std::optional<Pair>> known_;  // by form and entry
};

double bits_of(const Alignment& alignment);

}  // namespace kalima::quotations
