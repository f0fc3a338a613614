#include "query/run/axis.h"

namespace kalima::query {

Axis::Axis(const Corpus& corpus, bool words) : corpus_(corpus), words_(words) {
  if (words) {
    by_width_.emplace_back(corpus.words(), true);
    return;
  }
  for (std::uint32_t word = 0; word < corpus.words(); ++word) {
    const std::size_t width = corpus.first[word + 1] - corpus.first[word];
    while (by_width_.size() < width) by_width_.emplace_back(corpus.positions());
    by_width_[width - 1].set(corpus.first[word]);
  }
}

}  // namespace kalima::query
