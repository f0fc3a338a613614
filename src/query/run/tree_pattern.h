// A tree of the query, made ready to be matched at nodes.
//
// Threads: constant once made.
#pragma once

#include <cstdint>
#include <vector>

#include "query/run/evaluation.h"

namespace kalima::query {

struct TreePattern {
  // `leaving`: the fence of a sequence that an edge leaves.
  TreePattern(Evaluation& evaluation, const PlanNode& node, const Fence& fence);

  // Nodes that its first node is among; nullptr for any.
  const Bits* first_nodes() const;

  const PlanNode& plan;
  std::vector<TreePattern> parts;
  // Word, segment: which nodes it may be; a condition that needs captures is tested on top. Tree: which its first node may be, if
  // an edge says more than the first node itself; empty if none does.
  Bits nodes;
  bool needs_captures = false;
  // A label at or below it.
  bool captures = false;
  std::vector<Bits> types;  // of each edge the values of relations; empty for any

  // element: what each of its nodes belongs to, by node. A part for each leaf that may be the node.
  struct Member {
    std::uint32_t node, start, group;
    auto operator<=>(const Member&) const = default;
  };
  Spans spans;
  std::vector<Member> members;

 private:
  void narrow(const Forest& forest);
  void add_members(Evaluation& evaluation, const Fence& fence);
};

}  // namespace kalima::query
