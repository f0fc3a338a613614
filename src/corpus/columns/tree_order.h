// The order of the nodes of a dependency analysis, so that "is an ancestor of" is answered from numbers.
//
// Pure; every thread may call it at any time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kalima::columns {

inline constexpr std::uint32_t no_head = 0xFFFFFFFF;

// For each node, by its 0-based number.
struct TreeOrder {
  // Edges from the top; no_head for a node from which heads lead into a cycle.
  std::vector<std::uint32_t> depth;
  // Numbers in depth-first order, heads before their dependents, which come in their own order; and the largest
  // number in the node's subtree. A cycle is cut before its first node.
  std::vector<std::uint32_t> order, last;
  // The cycle into which heads lead, 1-based; 0 for none.
  std::vector<std::uint32_t> cycle;
  std::vector<bool> on_cycle;
};

// `heads`: the head of each node, no_head for none. A node may be its own head, which is a cycle of one.
TreeOrder tree_order(std::span<const std::uint32_t> heads);

// Dependents of each node in ascending order: those of node n are at [offsets[n], offsets[n + 1]).
struct Children {
  std::vector<std::uint32_t> offsets, nodes;
};
Children children_of(std::span<const std::uint32_t> heads);

}  // namespace kalima::columns
