// What to say when a query has no hits: which of its clauses fails, and the nearest queries that have hits.
//
// A clause is what could be left out without changing the rest: a test in brackets, a part of a constraint, a look or a
// tag in a sequence, an edge, a negated part, `within` and the like.
//
// Threads: pure functions but for the engine, which all may use.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "query/query.h"
#include "query/syntax/tree.h"

namespace kalima::query {

struct Clause {
  std::string text;   // as it is in the query: [lemma="x"], within verse
  std::string alone;  // a query of nothing else; empty where it means nothing by itself
};
// In the order of the query.
std::vector<Clause> clauses_of(const Query& query);
// The query without some of its clauses, by their places in that list.
std::string without_clauses(const Query& query, const std::vector<std::size_t>& left_out);

struct ClauseCount {
  std::string text;
  std::optional<std::uint64_t> hits;  // alone; missing where it has no meaning alone, or time ran out
};
std::vector<ClauseCount> count_clauses(const Engine& engine, const Query& query, const Options& options);

struct NearQuery {
  std::vector<std::string> left_out;  // clauses
  std::string text;
  std::uint64_t hits = 0;  // of a run of it
};
struct Relaxed {
  std::vector<std::string>
      failing;  // clauses that have no hits alone, or the fewest whose absence gives some
  // With the fewest clauses left out, those with the fewest hits first. Empty if up to three clauses do not help.
  std::vector<NearQuery> nearest;
  bool cut = false;  // time ran out
};
inline constexpr std::size_t max_relaxed_runs = 200, max_nearest = 10;
Relaxed relaxed(const Engine& engine, const Query& query, const Options& options);

}  // namespace kalima::query
