// Runs of words that occur again: n-grams of the values of an attribute.
//
// A run lies in one verse, or in one surah, and in the words that are asked about; a word whose value is missing is in
// none. Each place where one begins counts, also where two overlap.
//
// Threads: one request is answered by one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "statistics/frequencies.h"
#include "statistics/scope.h"

namespace kalima::statistics {

inline constexpr Column ngram_columns[] = {
    {"n", true, "words"},
    {"hits", true, "places where it begins"},
    {"per_10000", false, "hits for each 10,000 words of the scope"},
    {"verses", true, "verses in which it begins"},
    {"surahs", true, "surahs in which it begins"},
};
inline constexpr Column ngram_facts[] = {
    {"kinds", true, "how many different ones have enough hits, of all lengths asked for, maximal or not"},
};
inline constexpr std::string_view ngram_orders[] = {"hits", "n", "verses", "surahs"};
inline constexpr std::uint32_t max_ngram = 20;

struct NgramRequest {
  attributes::Attribute attribute = attributes::Attribute::lemma;
  std::uint32_t min_n = 2, max_n = 5;
  std::uint64_t min_hits = 2, min_surahs = 1;
  bool maximal = false;      // only those of which no longer one has as many hits
  bool over_verses = false;  // a run may go on in the next verse of its surah
  std::size_t order = 0;     // in ngram_orders
  Page page;
};

// Of the words of the hits, which are those of [] for all.
Sheet ngrams(const Source& source, const Scope& scope, const Hits& hits, const NgramRequest& request,
             query::Guard& guard);

}  // namespace kalima::statistics
