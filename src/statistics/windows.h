// The words around hits, and how they are counted.
//
//   surface  each word around any of the hits once, on the side of its nearest hit (the left one of two as near); words of
//            hits are neither counted nor part of the text. R1: words around hits; C1: such words with the value in the
//            text; N: words of the text. As in UCS and cwb-ccc (Evert 2005, 2008)
//   hits     each word around each hit, words of other hits too. R1: hits; C1: words with the value; N: words of the text.
//            As in Sketch Engine and KonText. O11 may exceed R1, and measures of four cells are undefined then
//
// Threads: one request is answered by one.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "query/query.h"
#include "statistics/scope.h"
#include "statistics/value_counts.h"

namespace kalima::statistics {

// So many words on each side of a hit, and in its verse.
struct Window {
  std::uint32_t left = 0, right = 0;
};

enum class Convention : std::uint8_t { surface, hits };
inline constexpr std::string_view convention_names[] = {"surface", "hits"};

struct WindowCounts {
  std::vector<std::uint64_t> left, right, text;  // of each value: O11 on both sides, and C1
  std::uint64_t node = 0, all = 0;               // R1 and N
  std::uint64_t around = 0, hit_words = 0;       // words around hits; words of hits
  bool inside_words = false,
       over_verses = false;  // some hit begins or ends within a word; lies in two verses
};
// Of the words of `scope`. `window` is cut at the ends of the verses in which a hit begins and ends; of a tag alone, of
// the verse of the word that begins, or ends, there.
WindowCounts counts_around(const query::Corpus& corpus, const Hits& hits, const Bits& scope,
                           const UnitValues& values, const Window& window, Convention convention,
                           query::Guard& guard);

}  // namespace kalima::statistics
