// Which words of a text are quoted, and from where: candidates of the same words as readings of one quotation.
//
// Threads: one call, one thread.
#pragma once

#include <cstdint>
#include <vector>

#include "quotations/candidates.h"
#include "quotations/corpus_words.h"
#include "quotations/text_words.h"

namespace kalima::quotations {

// Words [first, end) of the text, and the places that they may be from, the best first.
struct Readings {
  std::uint32_t first, end;
  std::vector<Candidate> candidates;
  // Another quotation has the rest of the words that its best place has.
  bool is_rest = false;
  // Its best place goes on where that of the one before ends, or leads to that of the one after.
  bool goes_on = false;
};

// In the order of the text; none has a word of another one.
std::vector<Readings> readings(std::vector<Candidate> candidates, const TextWords& text,
                               const CorpusWords& corpus);

// Adds a candidate if it says of the same words nearly as much, in another place.
void add_reading(Readings& to, Candidate candidate);

// Puts first the place that goes on where the quotation before it ends, or that leads to the one after it: an author who
// leaves out words of a verse quotes on from the same verse.
void prefer_what_goes_on(std::vector<Readings>& all, const CorpusWords& corpus);

}  // namespace kalima::quotations
