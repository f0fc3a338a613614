#include "query/run/tree_pattern.h"

#include <algorithm>

#include "query/run/relations.h"
#include "query/run/tests.h"

namespace kalima::query {
namespace {

using Kind = PlanNode::Kind;

Bits nodes_where(Evaluation& evaluation, const PlanNode& node) {
  const Corpus& corpus = evaluation.corpus();
  const Forest& forest = corpus.forest();
  const Condition condition = without_captures(node.condition);
  if (condition.kind == Condition::Kind::always && node.kind == Kind::segment)
    return Bits(forest.size(), true);
  Bits out(forest.size());
  positions_where(corpus, condition).each([&](std::size_t position) {
    for (const std::uint32_t one : forest.nodes_at(static_cast<std::uint32_t>(position))) out.set(one);
  });
  if (node.kind != Kind::segment) return out;
  for (const std::uint32_t hidden : forest.hidden_nodes) {
    if (evaluation.guard().stop()) break;
    if (holds(evaluation, condition, {}, {nothing, hidden})) out.set(hidden);
  }
  return out;
}

// The words and segments that an edge leaves, below what was captured in the slot.
void find_leaves(const PlanNode& node, Slot slot, std::vector<const PlanNode*>& out) {
  if (node.kind == Kind::capture && node.slot == slot) {
    out.push_back(&node.parts.front());
    return;
  }
  for (const PlanNode& part : node.parts) find_leaves(part, slot, out);
}

}  // namespace

TreePattern::TreePattern(Evaluation& evaluation, const PlanNode& node, const Fence& fence) : plan(node) {
  const std::size_t relations = evaluation.corpus().core().values(attributes::Attribute::relation);
  switch (node.kind) {
    case Kind::word:
    case Kind::segment:
      nodes = nodes_where(evaluation, node);
      needs_captures = query::needs_captures(node.condition);
      return;
    case Kind::any:
      return;
    case Kind::element:
      add_members(evaluation, fence);
      return;
    default:
      break;
  }
  captures = node.kind == Kind::capture;
  for (const PlanEdge& edge : node.edges) {
    captures = captures || edge.slot != no_slot;
    Bits& wanted = types.emplace_back();
    if (edge.any_type) continue;
    wanted = Bits(relations + 1);
    for (const std::uint32_t id : edge.types) {
      if (id <= relations) wanted.set(id);
    }
  }
  for (const PlanNode& part : node.parts) {
    // Only the first node has a place in the text, and must be inside of the fence.
    const bool first = node.kind != Kind::tree || &part == &node.parts.front();
    parts.emplace_back(evaluation, part, first ? fence : evaluation.surahs());
    captures = captures || parts.back().captures;
  }
  if (node.kind == Kind::tree) narrow(evaluation.corpus().forest());
}

// Of many first nodes, most lack what an edge leads down to: those that have it are found from its other end.
void TreePattern::narrow(const Forest& forest) {
  // Looking at a first node costs as much as so many steps up.
  constexpr std::size_t steps = 32;
  const Bits* const first = parts.front().first_nodes();
  for (std::size_t i = 0; i < plan.edges.size(); ++i) {
    const PlanEdge& edge = plan.edges[i];
    const bool one_step = edge.length.max == 1;
    if (edge.up || edge.negated || edge.optional || edge.length.min == 0 || (!one_step && edge.any_type))
      continue;
    const Bits* const ends = one_step ? parts[i + 1].first_nodes() : nullptr;
    const std::size_t begun = nodes.size() != 0 ? nodes.count() : first ? first->count() : forest.size();
    if (begun * steps < (ends ? ends->count() : forest.size())) continue;
    Bits heads(forest.size());
    const auto step = [&](std::size_t end) {
      const std::uint32_t head = forest.head[end];
      if (head != Forest::no_node && (types[i].size() == 0 || types[i].test(forest.relation[end])))
        heads.set(head);
    };
    if (ends) {
      ends->each(step);
    } else {
      for (std::size_t end = 0; end < forest.size(); ++end) step(end);
    }
    const Bits* const before = nodes.size() != 0 ? &nodes : first;
    if (before) heads &= *before;
    nodes = std::move(heads);
  }
}

void TreePattern::add_members(Evaluation& evaluation, const Fence& fence) {
  const Forest& forest = evaluation.corpus().forest();
  Guard& guard = evaluation.guard();
  spans = evaluation.spans(plan.parts.front(), fence, true);
  std::vector<const PlanNode*> leaves;
  find_leaves(plan.parts.front(), plan.slot, leaves);
  for (const PlanNode* leaf : leaves) {
    if (leaf->kind == Kind::word || leaf->kind == Kind::segment || leaf->kind == Kind::tree ||
        leaf->kind == Kind::top)
      parts.emplace_back(evaluation, *leaf, fence);
  }
  // Of others any segment is a node.
  if (parts.size() < leaves.size()) parts.clear();
  for (std::uint32_t i = 0; i < spans.groups.size(); ++i) {
    const Group& group = spans.groups[i];
    const Shape& shape = evaluation.shapes()[group.shape];
    captures = captures || shape.size() > 1;
    const Placed* const placed = find(shape, plan.slot);
    if (placed == nullptr || placed->end == open_end) continue;
    group.starts.each([&](std::uint32_t start) {
      const auto at = [start](std::int32_t offset) {
        return static_cast<std::uint32_t>(static_cast<std::int64_t>(start) + offset);
      };
      for (std::uint32_t place = at(placed->begin); place < at(placed->end); ++place) {
        if (guard.stop()) return;
        for (const std::uint32_t node : forest.nodes_at(place)) {
          const bool fits = parts.empty() || std::ranges::any_of(parts, [node](const TreePattern& leaf) {
                              return leaf.nodes.size() == 0 || leaf.nodes.test(node);
                            });
          if (fits && guard.take(sizeof(Member))) members.push_back({node, start, i});
        }
      }
    });
  }
  std::ranges::sort(members);
}

const Bits* TreePattern::first_nodes() const {
  switch (plan.kind) {
    case Kind::word:
    case Kind::segment:
      return &nodes;
    case Kind::tree:
      return nodes.size() != 0 ? &nodes : parts.front().first_nodes();
    case Kind::capture:
    case Kind::constrained:
    case Kind::top:
      return parts.front().first_nodes();
    default:
      return nullptr;
  }
}

}  // namespace kalima::query
