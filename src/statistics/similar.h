// Verses like a verse, with what differs.
//
// Two verses are as similar as 2 L / (m + n): L is the length of their longest common subsequence of values, m and n are
// their words. 1 is the same sequence, 0 nothing in common. A word whose value is missing has its letters instead.
//
// Threads: one request is answered by one.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "attributes/table.h"
#include "query/query.h"
#include "statistics/scope.h"
#include "statistics/sheet.h"

namespace kalima::statistics {

// Words [from, to) of both verses, from 0 in each: the same in both, or one run in the place of another, which may be
// empty.
struct AlignedRun {
  bool same;
  std::uint32_t from, to, other_from, other_to;
};

struct SimilarVerse {
  std::uint32_t verse;  // in the core file
  std::uint32_t common, words;
  double similarity;
  std::vector<AlignedRun> alignment;
};

struct SimilarVerses {
  std::vector<SimilarVerse>
      verses;               // those of the page, the most similar first, then in the order of the text
  std::uint64_t total = 0;  // that are similar enough
};

// Verses that are at least so similar, without the verse itself. What the guard cuts off is missing.
SimilarVerses similar_verses(const query::Corpus& corpus, std::uint32_t verse,
                             attributes::Attribute attribute, double min_similarity, std::uint64_t offset,
                             std::uint64_t limit, query::Guard& guard);

inline constexpr Column like_columns[] = {
    {"similarity", false, "2 common / (the words of both verses), from 0 to 1"},
    {"common", true, "words of the longest sequence that both have, with gaps"},
    {"words", true, "of the other verse"},
};
inline constexpr Column like_facts[] = {
    {"words_asked", true, "words of the verse that was asked about"},
};
struct LikeRequest {
  std::uint32_t verse = 0;  // in the core file
  attributes::Attribute attribute = attributes::Attribute::lemma;
  double min_similarity = 0.8;
  std::uint64_t min_words = 1;
  Page page;
};
// The same as a table: whole verses of the scope, each with its words, in which what only the first verse has is marked
// [-so-] and what only the other has {+so+}.
Sheet verses_like(const Source& source, const Scope& scope, const Hits& hits, const LikeRequest& request,
                  query::Guard& guard);

inline constexpr Column pair_columns[] = {
    {"similarity", false, "2 common / (words + other_words), from 0 to 1"},
    {"common", true, "words of the longest sequence that both have, with gaps"},
    {"words", true, "of the first verse"},
    {"other_words", true, "of the second one"},
};
inline constexpr Column pair_facts[] = {
    {"verses_alike", true, "verses that are in any such pair"},
};
inline constexpr std::string_view pair_orders[] = {"similarity", "common"};

struct PairsRequest {
  attributes::Attribute attribute = attributes::Attribute::lemma;
  double min_similarity = 0.8;
  std::uint64_t min_words = 1;  // of both verses
  std::size_t order = 0;        // in pair_orders
  Page page;
};
// All pairs of verses of the scope that are at least so similar. Only verses that share enough words in any order are compared;
// the result is exact. It is kept in source.pairs, if it is whole.
Sheet similar_pairs(const Source& source, const Scope& scope, const Hits& hits, const PairsRequest& request,
                    query::Guard& guard);

}  // namespace kalima::statistics
