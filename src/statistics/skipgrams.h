// Runs of words that occur again with another word in one place: A _ B, with what is in the gap.
//
// Threads: one request is answered by one.
#pragma once

#include "statistics/ngrams.h"

namespace kalima::statistics {

inline constexpr Column skipgram_columns[] = {
    {"n", true, "words, with the gap"},
    {"hits", true, "places where it begins"},
    {"fillers", true, "different values in the gap"},
    {"verses", true, "verses in which it begins"},
    {"surahs", true, "surahs in which it begins"},
};
inline constexpr Column skipgram_facts[] = {
    {"kinds", true, "how many different ones have enough hits and fillers"},
};
inline constexpr std::string_view skipgram_orders[] = {"hits", "n", "fillers", "verses", "surahs"};

// `maximal` and `min_surahs` of the request are not used. A gap is one word, neither the first nor the last of the run, with
// at least two different values; one whose value is missing fills it too.
Sheet skipgrams(const Source& source, const Scope& scope, const Hits& hits, const NgramRequest& request,
                query::Guard& guard);

}  // namespace kalima::statistics
