// How often the values of one to three keys occur among the hits of a query; and cross tables of two.
//
// Threads: one request is answered by one.
#pragma once

#include <string_view>

#include "query/results/grouping.h"
#include "query/results/keys.h"
#include "statistics/scope.h"
#include "statistics/sheet.h"

namespace kalima::statistics {

inline constexpr Column frequency_columns[] = {
    {"hits", true, "hits with these values"},
    {"per_10000", false, "hits for each 10,000 words of the scope"},
    {"share", false, "of all hits, from 0 to 1"},
    {"verses", true, "verses with a word of such a hit"},
    {"surahs", true, "surahs with such a hit"},
};
// Of cross tables, which have these too.
inline constexpr Column cell_columns[] = {
    {"hits", true, "hits with these values"},
    {"per_10000", false, "hits for each 10,000 words of the scope"},
    {"share", false, "of all hits, from 0 to 1"},
    {"verses", true, "verses with a word of such a hit"},
    {"surahs", true, "surahs with such a hit"},
    {"first_total", true, "hits with the first value, and any second one"},
    {"second_total", true, "hits with the second value, and any first one"},
    {"expected", false, "E = first_total second_total / N, N the hits that have both values"},
    {"residual", false, "(hits - E) / sqrt(E), Pearson's"},
    {"adjusted_residual", false,
     "(hits - E) / sqrt(E (1 - first_total / N) (1 - second_total / N)), Haberman 1973"},
};
inline constexpr Column frequency_facts[] = {
    {"kinds", true, "how many different values, or combinations of values, occur"},
    {"once", true, "how many of these have one hit (hapax legomena, if the query is all words)"},
    {"in_one_surah", true, "how many of these have hits in one surah only"},
};
inline constexpr Column table_facts[] = {
    {"kinds", true, "how many combinations of values occur"},
    {"once", true, "how many of these have one hit"},
    {"in_one_surah", true, "how many of these have hits in one surah only"},
    {"first_values", true, "how many values the first key has"},
    {"second_values", true, "how many values the second key has"},
    {"chi_squared", false, "sum over all combinations, also those that do not occur, of (hits - E)^2 / E"},
    {"degrees_of_freedom", true, "(first_values - 1) (second_values - 1)"},
    {"cramers_v", false, "sqrt(chi_squared / (N min(first_values - 1, second_values - 1))), Cramér 1946"},
};

// Keys are read with query::read_keys. `scope` is where the hits were looked for.
Sheet frequencies(const Source& source, const Scope& scope, const Hits& hits,
                  const std::vector<query::Key>& keys, const query::GroupChoice& choice, const Page& page,
                  query::Guard& guard);

// Of two keys, with what would be expected if they had nothing to do with each other. Combinations that do not occur are
// not listed; those with a missing value are left out.
Sheet cross_table(const Source& source, const Scope& scope, const Hits& hits,
                  const std::vector<query::Key>& keys, const query::GroupChoice& choice, const Page& page,
                  query::Guard& guard);

}  // namespace kalima::statistics
