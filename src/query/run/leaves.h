// Leaves of conditions, on one attribute: the values that one wants, and where it holds if it is not negated.
//
// Threads: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>

#include "query/plan/condition.h"
#include "query/run/corpus.h"
#include "support/bits.h"

namespace kalima::query {

// Whether a value is one that a leaf wants: a bit for each, so that a column is read without a search for each thing.
class Wanted {
 public:
  Wanted() = default;
  explicit Wanted(const Condition& leaf)
      : any_(leaf.kind == Condition::Kind::present),
        values_(leaf.values.empty() ? 0 : leaf.values.back() + std::size_t{1}) {
    for (const std::uint32_t id : leaf.values) values_.set(id);
  }
  bool operator()(std::uint64_t value) const { return any_ ? value != 0 : values_.test(value); }

 private:
  bool any_ = false;
  Bits values_;  // 0, a missing one, is never among them
};

// Whether the values are so few that their lists are read one by one.
bool has_few_values(const Condition& leaf);
// The words that have one of the values, or a segment with it; of an attribute of segments or words.
void add_postings(const Corpus& corpus, const Condition& leaf, Bits& words);

// A bit for each analysis, and one more for a missing one.
Bits of_analyses(const Corpus& corpus, const Condition& leaf);
Bits of_words(const Corpus& corpus, const Condition& leaf);
Bits of_positions(const Corpus& corpus, const Condition& leaf);

}  // namespace kalima::query
