// How ordinary words are in the text itself. A word that is rare in the corpus but is all over the text says little: it
// would be beside words of the corpus by chance.
//
// Threads: one call, one thread.
#pragma once

#include <cstdint>
#include <vector>

#include "quotations/alignment.h"
#include "quotations/text_words.h"

namespace kalima::quotations {

class Prose {
 public:
  // `quoted`: for each word of the text whether it is certainly quoted; the others are the author's own. The text outlives the
  // object.
  Prose(const TextWords& text, const std::vector<bool>& quoted);

  // The same alignment with the bits that its words have in this text.
  Alignment judged(const Alignment& alignment) const;

 private:
  double bits(std::uint32_t word) const;

  const TextWords& text_;
  const std::vector<bool>& quoted_;
  std::vector<std::uint32_t> uses_;  // of each class, among the author's words
  double words_ = 0;
};

}  // namespace kalima::quotations
