// Hits counted by the values of one to three keys, without a list of hits.
//
// Threads: one query is answered by one.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "query/plan/options.h"
#include "query/query.h"
#include "query/results/collation.h"
#include "query/results/keys.h"

namespace kalima::query {

struct HitGroup {
  std::array<std::uint32_t, max_group_keys> values{};  // as in the core file; 0 is a missing one
  std::uint64_t hits = 0;
  std::uint64_t verses = 0;  // with a word of such a hit
  std::uint64_t surahs = 0;  // with such a hit
};

// Which groups are listed, and in which order.
struct GroupChoice {
  enum class Order : std::uint8_t { hits, verses, surahs, value };
  Order order = Order::hits;  // the largest first, values from the first; then by hits, then by value
  bool missing = true;        // those with a missing value too
  std::uint64_t min_hits = 1, max_hits = UINT64_MAX, max_surahs = UINT64_MAX;
};

struct Grouping {
  std::vector<HitGroup> groups;  // those asked for
  std::uint64_t total = 0;       // how many are listed
  std::uint64_t hits = 0;        // of all groups, listed or not
  // Of all groups, or without GroupChoice::missing of those that have all values: how many there are, how many have one
  // hit, and how many all of theirs in one surah; and the hits of the others.
  std::uint64_t kinds = 0, once = 0, in_one_surah = 0, missing_hits = 0;
  // Some hit begins or ends within a word.
  bool inside_words = false;
};

// The groups from `offset` on, at most `limit`. What the guard cuts off is missing. Throws Error(too_large) for more
// groups than are counted.
Grouping grouped(const Engine& engine, const Ranks& ranks, const Found& found, const std::vector<Key>& keys,
                 std::uint64_t offset, std::uint64_t limit, Guard& guard, const GroupChoice& choice = {});

}  // namespace kalima::query
