#include "query/run/tree_matching.h"

#include <algorithm>

#include "query/run/relations.h"

namespace kalima::query {

using Kind = PlanNode::Kind;

TreeMatching::TreeMatching(Evaluation& evaluation)
    : evaluation_(evaluation),
      corpus_(evaluation.corpus()),
      forest_(corpus_.forest()),
      guard_(evaluation.guard()) {}

Whole TreeMatching::of_node(std::uint32_t node, bool word) const {
  const std::uint32_t position = forest_.position[node];
  if (forest_.hidden(node)) return {position, position, forest_.place[node] + 1};
  if (!word) return {position, position + 1};
  const std::uint32_t number = corpus_.word_of[position];
  return {corpus_.first[number], corpus_.first[number + 1]};
}

std::optional<Placed> TreeMatching::capture(Slot slot, const Whole& whole) {
  const Placed placed{slot, static_cast<std::int32_t>(whole.begin), static_cast<std::int32_t>(whole.end),
                      whole.hidden};
  const auto at = std::ranges::lower_bound(captures_, slot, {}, &Placed::slot);
  if (at != captures_.end() && at->slot == slot) return std::exchange(*at, placed);
  captures_.insert(at, placed);
  return std::nullopt;
}

void TreeMatching::restore(Slot slot, const std::optional<Placed>& before) {
  const auto at = std::ranges::lower_bound(captures_, slot, {}, &Placed::slot);
  if (before) {
    *at = *before;
  } else {
    captures_.erase(at);
  }
}

bool TreeMatching::fits(const TreePattern& pattern, std::uint32_t node) const {
  if (!pattern.nodes.test(node)) return false;
  if (!pattern.needs_captures) return true;
  const TestedAt here =
      forest_.hidden(node) ? TestedAt{nothing, node} : TestedAt{forest_.position[node], nothing};
  return holds(evaluation_, pattern.plan.condition, captures_, here);
}

bool TreeMatching::match(const TreePattern& pattern, std::uint32_t node, Visit visit) {
  if (guard_.stop()) return false;
  switch (pattern.plan.kind) {
    case Kind::word:
    case Kind::segment:
      return fits(pattern, node) && visit(of_node(node, pattern.plan.kind == Kind::word));
    case Kind::any:
      return visit(of_node(node, false));
    case Kind::capture:
      return match(pattern.parts.front(), node, [&](const Whole& whole) {
        const auto before = capture(pattern.plan.slot, whole);
        const bool stop = visit(whole);
        restore(pattern.plan.slot, before);
        return stop;
      });
    case Kind::either:
      return std::ranges::any_of(pattern.parts,
                                 [&](const TreePattern& part) { return match(part, node, visit); });
    case Kind::constrained:
      return match(pattern.parts.front(), node, [&](const Whole& whole) {
        return holds(evaluation_, pattern.plan.condition, captures_, {}) && visit(whole);
      });
    case Kind::top:
      return forest_.top[node] && has_type(pattern.types.front(), node) &&
             match(pattern.parts.front(), node, [&](const Whole& whole) {
               const Slot slot = pattern.plan.edges.front().slot;
               if (slot == no_slot) return visit(whole);
               const auto before = capture(slot, of_node(node, false));
               const bool stop = visit(whole);
               restore(slot, before);
               return stop;
             });
    case Kind::tree:
      if (pattern.nodes.size() != 0 && !pattern.nodes.test(node)) return false;
      return match(pattern.parts.front(), node, [&](const Whole& whole) {
        return follow({pattern, node, false}, 0, nullptr, [&] { return visit(whole); });
      });
    default:
      return match_element(pattern, node, visit);
  }
}

bool TreeMatching::match_element(const TreePattern& pattern, std::uint32_t node, Visit visit) {
  const auto by_node = [](const TreePattern::Member& member) { return member.node; };
  auto at = std::ranges::lower_bound(pattern.members, node, {}, by_node);
  for (; at != pattern.members.end() && at->node == node; ++at) {
    if (guard_.stop()) return false;
    const Group& group = pattern.spans.groups[at->group];
    const Shape before = captures_;
    for (const Placed& placed : evaluation_.shapes()[group.shape]) {
      if (placed.slot == pattern.plan.slot) continue;
      const auto place = [&](std::int32_t offset) {
        return static_cast<std::uint32_t>(static_cast<std::int64_t>(at->start) + offset);
      };
      capture(placed.slot, {place(placed.begin), place(placed.end), placed.hidden});
    }
    // A tree there is one with the same captures.
    const Shape captured = captures_;
    const bool is_leaf =
        pattern.parts.empty() || std::ranges::any_of(pattern.parts, [&](const TreePattern& leaf) {
          return match(leaf, node, [&](const Whole&) { return captures_ == captured; });
        });
    const bool stop = is_leaf && visit({at->start, at->start + group.length});
    captures_ = before;
    if (stop) return true;
  }
  return false;
}

bool TreeMatching::follow(const Following& of, std::size_t edge, const Taken* taken,
                          FunctionRef<bool()> visit) {
  const std::vector<PlanEdge>& edges = of.pattern.plan.edges;
  if (edge == edges.size()) return visit();
  if (of.exists) return follow_one(of, edge, taken, visit);
  // What captures nothing only has to exist.
  bool captures = false;
  for (std::size_t i = edge; i < edges.size(); ++i)
    captures =
        captures || edges[i].slot != no_slot || (!edges[i].negated && of.pattern.parts[i + 1].captures);
  if (captures) return follow_one(of, edge, taken, visit);
  const bool exists = follow_one({of.pattern, of.node, true}, edge, taken, [] { return true; });
  return exists && !guard_.cut() && visit();
}

bool TreeMatching::follow_one(const Following& of, std::size_t edge, const Taken* taken,
                              FunctionRef<bool()> visit) {
  const PlanEdge& plan = of.pattern.plan.edges[edge];
  const TreePattern& to = of.pattern.parts[edge + 1];
  const Bits& types = of.pattern.types[edge];
  if (plan.negated) {
    const bool found = walk(plan, types, of.node, [&](std::uint32_t other) {
      return match(to, other, [](const Whole&) { return true; });
    });
    // What was not looked at may be there.
    return !found && !guard_.cut() && follow(of, edge + 1, taken, visit);
  }
  bool any = false;
  const bool stop = walk(plan, types, of.node, [&](std::uint32_t other) {
    for (const Taken* one = taken; one != nullptr; one = one->before) {
      if (one->up == plan.up && one->other == other) return false;
    }
    return match(to, other, [&](const Whole&) {
      any = true;
      const Taken here{plan.up, other, taken};
      if (plan.slot == no_slot) return follow(of, edge + 1, &here, visit);
      const auto before = capture(plan.slot, of_node(plan.up ? of.node : other, false));
      const bool stopped = follow(of, edge + 1, &here, visit);
      restore(plan.slot, before);
      return stopped;
    });
  });
  if (stop) return true;
  return plan.optional && !any && !guard_.cut() && follow(of, edge + 1, taken, visit);
}

bool TreeMatching::walk(const PlanEdge& edge, const Bits& types, std::uint32_t node, VisitEdge visit) {
  return edge.up ? walk_up(edge, types, node, visit) : walk_down(edge, types, node, visit);
}

bool TreeMatching::walk_up(const PlanEdge& edge, const Bits& types, std::uint32_t node, VisitEdge visit) {
  // The first node on a cycle, where a walk round it ends.
  std::uint32_t cycle = nothing, at = node;
  for (std::uint32_t length = 1; length <= edge.length.max && !guard_.stop(); ++length) {
    if (cycle == nothing && forest_.on_cycle[at]) cycle = at;
    if (forest_.head[at] == Forest::no_node || !has_type(types, at)) return false;
    at = forest_.head[at];
    if (at == cycle) return false;
    if (length >= edge.length.min && visit(at)) return true;
  }
  return false;
}

bool TreeMatching::walk_down(const PlanEdge& edge, const Bits& types, std::uint32_t node, VisitEdge visit) {
  if (edge.length.max == 1) {
    for (const std::uint32_t child : forest_.children_of(node)) {
      if (guard_.stop()) return false;
      if (child != node && has_type(types, child) && visit(child)) return true;
    }
    return false;
  }
  const std::size_t base = open_.size();
  open_.emplace_back(node, 0);
  while (open_.size() > base) {
    const auto [at, length] = open_.back();
    open_.pop_back();
    if (guard_.stop()) break;
    if (length >= edge.length.min && visit(at)) {
      open_.resize(base);
      return true;
    }
    if (length == edge.length.max) continue;
    for (const std::uint32_t child : forest_.children_of(at)) {
      // A cycle leads back to where the walk began, which is not below itself.
      if (child != node && has_type(types, child)) open_.emplace_back(child, length + 1);
    }
  }
  open_.resize(base);
  return false;
}

}  // namespace kalima::query
