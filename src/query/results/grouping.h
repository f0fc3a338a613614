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
};

struct Grouping {
  std::vector<HitGroup>
      groups;               // those asked for, the most frequent first, then in the order of their values
  std::uint64_t total = 0;  // how many there are
  std::uint64_t hits = 0;   // of all
  // Some hit begins or ends within a word.
  bool inside_words = false;
};

// The groups from `offset` on, at most `limit`. What the guard cuts off is missing. Throws Error(too_large) for more
// groups than are counted.
Grouping grouped(const Engine& engine, const Ranks& ranks, const Found& found, const std::vector<Key>& keys,
                 std::uint64_t offset, std::uint64_t limit, Guard& guard);

}  // namespace kalima::query
