#include "quotations/prose.h"

#include <algorithm>
#include <cmath>

#include "quotations/costs.h"

namespace kalima::quotations {

Prose::Prose(const TextWords& text, const std::vector<bool>& quoted) : text_(text), quoted_(quoted) {
  for (std::uint32_t word = 0; word < text.size(); ++word) {
    if (quoted[word]) continue;
    const std::uint32_t of_class = text.form_of(word).of_class;
    if (of_class >= uses_.size()) uses_.resize(of_class + 1);
    ++uses_[of_class];
    ++words_;
  }
}

double Prose::bits(std::uint32_t word) const {
  const Form& form = text_.form_of(word);
  if (form.of_class == 0 || form.of_class >= uses_.size()) return form.bits;
  // What the corpus says counts as so many words of the text. This use itself does not count.
  const double others = uses_[form.of_class] - (quoted_[word] ? 0.0 : 1.0);
  if (others < 1) return form.bits;
  const double in_corpus = std::exp2(-form.bits);
  const double share = (others + words_of_corpus * in_corpus) / (words_ + words_of_corpus);
  return std::min(form.bits, -std::log2(share));
}

Alignment Prose::judged(const Alignment& alignment) const {
  Alignment out = alignment;
  for (Pair& pair : out) {
    if (pair.bits <= 0) continue;
    double now = 0, before = 0;
    for (std::uint32_t word = pair.word; word < pair.word + pair.words; ++word) {
      now += bits(word);
      before += text_.form_of(word).bits;
    }
    if (before > 0) pair.bits *= now / before;
  }
  return out;
}

}  // namespace kalima::quotations
