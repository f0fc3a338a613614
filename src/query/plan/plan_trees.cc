// Trees: the ends of edges become nodes, and the element that an edge leaves is found in a sequence.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "query/plan/planner.h"

namespace kalima::query {
namespace {

using Kind = PlanNode::Kind;

bool has_target(const Node& node) {
  if (std::holds_alternative<Target>(node.what)) return true;
  const auto* capture = std::get_if<Capture>(&node.what);
  return capture != nullptr && has_target(*capture->of);
}

// The elements that edges leave: of a sequence the marked one, or the last; of alternatives one of each.
void find_elements(const Node& node, std::vector<const Node*>& out) {
  if (const auto* some = std::get_if<Sequence>(&node.what)) {
    const auto marked = std::ranges::find_if(some->parts, has_target);
    find_elements(marked != some->parts.end() ? *marked : some->parts.back(), out);
  } else if (const auto* either = std::get_if<Either>(&node.what)) {
    for (const Node& part : either->parts) find_elements(part, out);
  } else if (const auto* both = std::get_if<Both>(&node.what)) {
    find_elements(both->parts.front(), out);
  } else if (const auto* capture = std::get_if<Capture>(&node.what)) {
    find_elements(*capture->of, out);
  } else if (const auto* target = std::get_if<Target>(&node.what)) {
    find_elements(*target->of, out);
  } else if (const auto* repeat = std::get_if<Repeat>(&node.what)) {
    find_elements(*repeat->of, out);
  } else if (const auto* filter = std::get_if<Filter>(&node.what)) {
    find_elements(*filter->of, out);
  } else if (const auto* inside = std::get_if<Inside>(&node.what)) {
    find_elements(*inside->of, out);
  } else if (const auto* constrained = std::get_if<Constrained>(&node.what)) {
    find_elements(*constrained->of, out);
  } else if (const auto* call = std::get_if<SpanCall>(&node.what);
             call != nullptr && !call->arguments.empty() &&
             std::holds_alternative<Box<Node>>(call->arguments.front())) {
    find_elements(*std::get<Box<Node>>(call->arguments.front()), out);
  } else {
    out.push_back(&node);
  }
}

}  // namespace

// Spaces do not count unless a relation is written exactly so.
ValueIds Planner::relations(const std::string& type, Place place) {
  Value value;
  value.text = type;
  value.place = place;
  ValueIds out = resolve(resolving_, attributes::Attribute::relation, Comparison::equal, value);
  if (!out.empty()) return out;
  const auto folded = [](std::string text) {
    std::erase(text, ' ');
    return text;
  };
  const columns::CoreFile& core = lexicon_.core();
  try {
    const Regex regex(folded(type), true);
    for (std::uint32_t id = 1; id <= core.values(attributes::Attribute::relation); ++id) {
      if (regex.matches(folded(core.text(attributes::Attribute::relation, id)))) out.push_back(id);
    }
  } catch (const std::invalid_argument& e) {
    refuse(place, fmt::format("the expression is wrong: {}", e.what()));
  }
  return out;
}

PlanNode Planner::tree(const Tree& tree, Place place) {
  require(attributes::Source::treebank, place, "an edge");
  plan_.words_only = false;
  PlanNode out;
  out.kind = tree.of ? Kind::tree : Kind::top;
  if (tree.of) out.parts.push_back(tree_node(**tree.of));
  for (const Edge& edge : tree.edges) {
    if (++edges_ > max_edges)
      refuse(edge.place, fmt::format("the query has more than {} edges", max_edges), "use fewer");
    PlanEdge& planned = out.edges.emplace_back();
    planned.negated = edge.negated;
    planned.optional = edge.optional;
    planned.up = edge.up;
    planned.path = edge.path;
    planned.length = edge.path ? edge.length : Count{1, 1};
    planned.any_type = edge.type.empty();
    if (!planned.any_type) planned.types = relations(edge.type, edge.place);
    if (!edge.label.empty()) planned.slot = *find_slot(edge.label);
    planned.shown = fmt::format("{}{}{}{}{}", edge.negated ? "no " : "", edge.optional ? "optional " : "",
                                edge.path ? "path " : "", edge.up ? "up" : "down",
                                edge.type.empty() ? "" : ' ' + edge.type);
    out.parts.push_back(tree_node(**edge.to));
    if (const auto covered = covered_.find(&edge); covered != covered_.end()) {
      PlanNode captured;
      captured.kind = Kind::capture;
      captured.slot = covered->second;
      captured.parts.push_back(std::exchange(out.parts.back(), {}));
      out.parts.back() = std::move(captured);
    }
  }
  return out;
}

PlanNode Planner::tree_node(const Node& node) {
  const auto of = [](Kind kind, PlanNode part) {
    PlanNode out;
    out.kind = kind;
    out.parts.push_back(std::move(part));
    return out;
  };
  if (std::holds_alternative<AnyNode>(node.what)) {
    PlanNode out;
    out.kind = Kind::any;
    return out;
  }
  if (const auto* capture = std::get_if<Capture>(&node.what)) {
    PlanNode out = of(Kind::capture, tree_node(*capture->of));
    out.slot = *find_slot(capture->label);
    return out;
  }
  if (const auto* target = std::get_if<Target>(&node.what)) return tree_node(*target->of);
  if (const auto* either = std::get_if<Either>(&node.what)) {
    PlanNode out;
    out.kind = Kind::either;
    for (const Node& part : either->parts) out.parts.push_back(tree_node(part));
    return out;
  }
  if (const auto* constrained = std::get_if<Constrained>(&node.what)) {
    PlanNode out = of(Kind::constrained, tree_node(*constrained->of));
    out.condition = condition(constrained->test, false, Where::constraint);
    return out;
  }
  if (std::holds_alternative<WordTest>(node.what) || std::holds_alternative<SegmentTest>(node.what) ||
      std::holds_alternative<Tree>(node.what))
    return this->node(node);
  return element(node);
}

// A node of a sequence and the like: its element is captured in a slot of its own.
PlanNode Planner::element(const Node& node) {
  std::vector<const Node*> found;
  find_elements(node, found);
  PlanNode out;
  out.kind = Kind::element;
  out.slot = static_cast<Slot>(plan_.labels.size() + plan_.elements++);
  for (const Node* one : found) {
    if (std::holds_alternative<Tag>(one->what) || std::holds_alternative<Look>(one->what) ||
        std::holds_alternative<Here>(one->what) || std::holds_alternative<AnyNode>(one->what))
      refuse(one->place, "an edge leaves a word or a segment",
             "mark the one that it leaves with @: @[] </verse> -Subj-> []");
    left_[one] = out.slot;
  }
  out.parts.push_back(this->node(node));
  return out;
}

}  // namespace kalima::query
