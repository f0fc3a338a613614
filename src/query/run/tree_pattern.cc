#include "query/run/tree_pattern.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "query/run/leaves.h"
#include "query/run/relations.h"
#include "query/run/tests.h"

namespace kalima::query {
namespace {

using attributes::Attribute;
using Kind = PlanNode::Kind;

// Of nodes that are not spoken: the analyses that one must have for which the condition holds; nullopt if it may have any.
std::optional<Bits> needed_analyses(const Corpus& corpus, const Condition& condition) {
  std::optional<Bits> out;
  switch (condition.kind) {
    case Condition::Kind::both:
      for (const Condition& part : condition.parts) {
        std::optional<Bits> needed = needed_analyses(corpus, part);
        if (!needed) continue;
        if (out) *needed &= *out;
        out = std::move(needed);
      }
      return out;
    case Condition::Kind::either:
      for (const Condition& part : condition.parts) {
        const std::optional<Bits> needed = needed_analyses(corpus, part);
        if (!needed) return std::nullopt;
        if (!out) out.emplace(needed->size());
        *out |= *needed;
      }
      return out;
    case Condition::Kind::values:
    case Condition::Kind::present: {
      const Attribute attribute = condition.left.attribute;
      const attributes::Definition& row = attributes::definition(attribute);
      // Its verb may say these.
      const bool implied =
          attribute == Attribute::person || attribute == Attribute::gender || attribute == Attribute::number;
      if (condition.negated || implied || row.level != attributes::Level::segment ||
          row.column != attributes::Column::analysis)
        return std::nullopt;
      return of_analyses(corpus, condition);
    }
    default:
      return std::nullopt;
  }
}

// Visits nodes that are not spoken, among them all for which the condition holds.
template <typename Visit>
void each_hidden(const Corpus& corpus, const Condition& condition, Visit visit) {
  const Forest& forest = corpus.forest();
  const std::optional<Bits> needed = needed_analyses(corpus, condition);
  for (std::size_t i = 0; i < forest.hidden_analyses.size(); ++i) {
    if (needed && !needed->test(forest.hidden_analyses[i])) continue;
    for (std::size_t at = forest.hidden_analysis_begin[i]; at < forest.hidden_analysis_begin[i + 1]; ++at)
      visit(forest.hidden_of_analyses[at]);
  }
}

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
  each_hidden(corpus, condition, [&](std::uint32_t hidden) {
    if (!evaluation.guard().stop() && holds(evaluation, condition, {}, {nothing, hidden})) out.set(hidden);
  });
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
