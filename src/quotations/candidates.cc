#include "quotations/candidates.h"

#include <algorithm>

#include "quotations/costs.h"

namespace kalima::quotations {

bool agrees(const Pair& pair) {
  return pair.kind == Pair::Kind::same || pair.kind == Pair::Kind::near || pair.kind == Pair::Kind::particle;
}

namespace {

// The part of an alignment that says most.
Alignment best_part(const Alignment& alignment, const TextWords& text, const CorpusWords& corpus) {
  double best = 0, sum = 0;
  std::size_t begin = 0, best_begin = 0, best_end = 0;
  for (std::size_t i = 0; i < alignment.size(); ++i) {
    const Pair& pair = alignment[i];
    const std::uint32_t before = pair.position - 1;
    const bool breaks = i > begin && pair.words > 0 &&
                        (pair.positions == 0 || corpus.verse(before) == corpus.verse(pair.position));
    if (breaks) sum -= cost_of_break(text.break_before(pair.word));
    if (sum <= 0) {
      sum = 0;
      begin = i;
    }
    sum += pair.bits;
    if (sum <= 0 || (i == begin && !agrees(pair))) {
      sum = 0;
      begin = i + 1;
    } else if (agrees(pair) && sum > best) {
      best = sum;
      best_begin = begin;
      best_end = i + 1;
    }
  }
  return {alignment.begin() + static_cast<std::ptrdiff_t>(best_begin),
          alignment.begin() + static_cast<std::ptrdiff_t>(best_end)};
}

}  // namespace

std::optional<Candidate> candidate_of(const Alignment& whole, const TextWords& text,
                                      const CorpusWords& corpus) {
  Alignment alignment = best_part(whole, text, corpus);
  std::uint32_t words = 0;
  for (const Pair& pair : alignment) words += agrees(pair) ? std::max(pair.words, pair.positions) : 0;
  const double bits = bits_of(alignment);
  if (words < 2 || bits < min_bits) return std::nullopt;
  return Candidate{std::move(alignment), words == 2 ? bits - cost_of_two_words : bits};
}

}  // namespace kalima::quotations
