// Trees at nodes: an edge is followed after the other, with what was captured on the way.
//
// Threads: one.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "query/run/function_ref.h"
#include "query/run/tree_pattern.h"

namespace kalima::query {

// What a node is a hit or capture as, in segment positions. `hidden` as in Placed.
struct Whole {
  std::uint32_t begin, end, hidden = 0;
};

class TreeMatching {
 public:
  explicit TreeMatching(Evaluation& evaluation);

  // Visits each way in which `node` is the first node of the pattern; one that differs in nothing that is captured may
  // be visited once or more often. The visitor returns true to stop; so does this. Visits nothing more after the guard
  // stopped it.
  using Visit = FunctionRef<bool(const Whole&)>;
  bool match(const TreePattern& pattern, std::uint32_t node, Visit visit);

  // During a visit; placed from the beginning of the corpus.
  const Shape& captures() const { return captures_; }

 private:
  struct Taken {
    bool up;
    std::uint32_t other;
    const Taken* before;
  };
  struct Following {
    const TreePattern& pattern;
    std::uint32_t node;
    bool exists;  // one way is enough
  };
  bool fits(const TreePattern& pattern, std::uint32_t node) const;
  bool match_element(const TreePattern& pattern, std::uint32_t node, Visit visit);
  bool follow(const Following& of, std::size_t edge, const Taken* taken, FunctionRef<bool()> visit);
  bool follow_one(const Following& of, std::size_t edge, const Taken* taken, FunctionRef<bool()> visit);
  // Visits (other end, dependent of the last edge).
  using VisitEdge = FunctionRef<bool(std::uint32_t)>;
  bool walk(const PlanEdge& edge, const Bits& types, std::uint32_t node, VisitEdge visit);
  bool walk_up(const PlanEdge& edge, const Bits& types, std::uint32_t node, VisitEdge visit);
  bool walk_down(const PlanEdge& edge, const Bits& types, std::uint32_t node, VisitEdge visit);

  bool has_type(const Bits& types, std::uint32_t node) const {
    return types.size() == 0 || types.test(forest_.relation[node]);
  }
  Whole of_node(std::uint32_t node, bool word) const;
  std::optional<Placed> capture(Slot slot, const Whole& whole);
  void restore(Slot slot, const std::optional<Placed>& before);

  Evaluation& evaluation_;
  const Corpus& corpus_;
  const Forest& forest_;
  Guard& guard_;
  Shape captures_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> open_;  // nodes and their distance, on the way down
};

}  // namespace kalima::query
