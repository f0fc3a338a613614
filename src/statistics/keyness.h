// Which words are typical of a part of the text, compared with another part.
//
// Threads: one request is answered by one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "statistics/columns_of.h"
#include "statistics/frequencies.h"
#include "statistics/measures.h"
#include "statistics/row_queries.h"
#include "statistics/scope.h"
#include "statistics/value_counts.h"

namespace kalima::statistics {

inline constexpr auto keyness_columns =
    with_measures(std::to_array<Column>({
                      {"hits", true, "a: how often the value occurs in the words asked about"},
                      {"per_10000", false, "the same for each 10,000 of them"},
                      {"other_hits", true, "b: how often it occurs in the words that they are compared with"},
                      {"other_per_10000", false, "the same for each 10,000 of these"},
                  }),
                  keynesses);
inline constexpr Column keyness_facts[] = {
    {"words_total", true, "n1: the words, or segments, asked about"},
    {"other_total", true, "n2: those that they are compared with"},
    {"kinds", true, "how many different values occur in either"},
};
inline constexpr auto keyness_orders = names_of(keyness_columns, std::to_array<std::string_view>({"value"}));

struct KeynessRequest {
  Taken taken = Taken::verses;
  attributes::Attribute attribute = attributes::Attribute::lemma;
  Unit unit = Unit::word;
  std::uint64_t min_hits = 1;
  std::size_t order = 0;  // in keyness_orders
  Page page;
};

// The hits' words, or all words of the verses that these are in, against those of `other`, or against the rest of the
// scope without it. Words of both are only in the first.
Sheet keyness(const Source& source, const Scope& scope, const Hits& hits, const Hits* other,
              const KeynessRequest& request, query::Guard& guard);

}  // namespace kalima::statistics
