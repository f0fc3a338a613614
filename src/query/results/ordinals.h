// Which hits an answer has, and in which order: a sample, sorted, a page of them. Hits are named by their place in the
// order of the corpus.
//
// Threads: one query is answered by one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "query/plan/options.h"
#include "query/query.h"
#include "query/results/collation.h"
#include "query/results/hit_list.h"
#include "query/results/keys.h"

namespace kalima::query {

struct Sample {
  std::uint64_t size = 0, seed = 0;
};

struct Wanted {
  std::optional<Sample> sample;
  std::vector<Key> sort;  // none: the order of the corpus
};

// `size` different numbers below `of`, or all if there are no more; ascending. The same for the same seed, everywhere:
// Floyd's method over SplitMix64.
std::vector<std::uint64_t> sampled(const Sample& sample, std::uint64_t of);

// More hits are not sorted: Error(too_large).
inline constexpr std::uint64_t max_sorted = 20'000'000;

// How many hits there are to be listed.
std::uint64_t listed(const Found& found, const Wanted& wanted);

// Those from `offset` on, at most `limit`, and not many more than `max_bytes` of them. What the guard cuts off is missing.
HitList page_of(const Engine& engine, const Ranks& ranks, const Found& found, const Wanted& wanted,
                std::uint64_t offset, std::uint64_t limit, std::size_t max_bytes, Guard& guard);

}  // namespace kalima::query
