// How much was found: pure functions of sets, without a list of hits.
#pragma once

#include <cstdint>

#include "query/run/axis.h"
#include "query/run/spans.h"

namespace kalima::query {

struct Counts {
  std::uint64_t hits = 0;    // spans with different captures
  std::uint64_t spans = 0;   // different ones
  std::uint64_t words = 0;   // that lie in one, in whole or in part
  std::uint64_t verses = 0;  // with such a word
  // Hits of trees whose first node is not spoken; not among the others.
  std::uint64_t without_span = 0;
};
// `spans` may have empty ones, each of which counts the word that begins there, or if they are `closing` the one that ends there.
Counts count(const Axis& axis, const Spans& spans, bool closing);
// The words that lie in one, in whole or in part: as many as Counts::words.
Bits covered_words(const Axis& axis, const Spans& spans, bool closing);

}  // namespace kalima::query
