#include "corpus/columns/tree_order.h"

#include <algorithm>

namespace kalima::columns {
namespace {

// Marks the nodes of all cycles, each by walking heads until a node that was seen.
void find_cycles(std::span<const std::uint32_t> heads, TreeOrder& out) {
  std::vector<std::uint32_t> seen(heads.size(), 0);  // 1 + the node from which the walk began
  std::uint32_t cycles = 0;
  for (std::uint32_t start = 0; start < heads.size(); ++start) {
    std::uint32_t node = start;
    while (node != no_head && seen[node] == 0) {
      seen[node] = start + 1;
      node = heads[node];
    }
    if (node == no_head || seen[node] != start + 1) continue;
    ++cycles;
    for (std::uint32_t on = node; !out.on_cycle[on]; on = heads[on]) {
      out.on_cycle[on] = true;
      out.cycle[on] = cycles;
    }
  }
}

}  // namespace

Children children_of(std::span<const std::uint32_t> heads) {
  Children out;
  out.offsets.assign(heads.size() + 1, 0);
  for (const std::uint32_t head : heads) {
    if (head != no_head) ++out.offsets[head + 1];
  }
  for (std::size_t i = 0; i < heads.size(); ++i) out.offsets[i + 1] += out.offsets[i];
  out.nodes.resize(out.offsets.back());
  std::vector<std::uint32_t> next(out.offsets.begin(), out.offsets.end() - 1);
  for (std::uint32_t node = 0; node < heads.size(); ++node) {
    if (heads[node] != no_head) out.nodes[next[heads[node]]++] = node;
  }
  return out;
}

TreeOrder tree_order(std::span<const std::uint32_t> heads) {
  TreeOrder out;
  out.depth.assign(heads.size(), no_head);
  out.order.assign(heads.size(), 0);
  out.last.assign(heads.size(), 0);
  out.cycle.assign(heads.size(), 0);
  out.on_cycle.assign(heads.size(), false);
  find_cycles(heads, out);

  const Children children = children_of(heads);
  std::vector<bool> numbered(heads.size(), false);
  std::uint32_t next = 0;
  struct Open {
    std::uint32_t node, child;  // the place of the next child in children.nodes
  };
  std::vector<Open> open;
  const auto enter = [&](std::uint32_t node) {
    numbered[node] = true;
    out.order[node] = next++;
    open.push_back({node, children.offsets[node]});
  };
  for (std::uint32_t top = 0; top < heads.size(); ++top) {
    // The first node of a cycle, in ascending order, counts as its top.
    if (numbered[top] || !(heads[top] == no_head || out.on_cycle[top])) continue;
    if (!out.on_cycle[top]) out.depth[top] = 0;
    enter(top);
    while (!open.empty()) {
      Open& here = open.back();
      if (here.child == children.offsets[here.node + 1]) {
        out.last[here.node] = next - 1;
        open.pop_back();
        continue;
      }
      const std::uint32_t child = children.nodes[here.child++];
      if (numbered[child]) continue;  // closes the cycle
      const std::uint32_t head = here.node;
      if (out.depth[head] != no_head) out.depth[child] = out.depth[head] + 1;
      out.cycle[child] = out.cycle[head];
      enter(child);
    }
  }
  return out;
}

}  // namespace kalima::columns
