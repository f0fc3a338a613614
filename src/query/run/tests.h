// Where a condition holds that needs no captures: each distinct analysis or value is tested once.
//
// R4 of the language: a word matches when one of its segments satisfies the whole condition; if no test on segments in
// it is positive, when all of them do.
#pragma once

#include "query/plan/condition.h"
#include "query/run/corpus.h"
#include "support/bits.h"

namespace kalima::query {

// A bit for each position of segments.
Bits positions_where(const Corpus& corpus, const Condition& condition);
// A bit for each word.
Bits words_where(const Corpus& corpus, const Condition& condition);

}  // namespace kalima::query
