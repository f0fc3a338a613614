// Calls in the place of words; those of trees: rspan, rel, phrase.
#include <fmt/format.h>

#include <algorithm>

#include "query/plan/planner.h"
#include "query/syntax/lexer.h"

namespace kalima::query {
namespace {

constexpr std::string_view calls[] = {"rspan", "rel", "phrase", "repeat", "similar"};

// The tree whose first node a part has as its hit; nullptr for none.
const Tree* tree_in(const Node& node) {
  if (const auto* tree = std::get_if<Tree>(&node.what)) return tree;
  if (const auto* capture = std::get_if<Capture>(&node.what)) return tree_in(*capture->of);
  if (const auto* constrained = std::get_if<Constrained>(&node.what)) return tree_in(*constrained->of);
  if (const auto* inside = std::get_if<Inside>(&node.what)) return tree_in(*inside->of);
  if (const auto* filter = std::get_if<Filter>(&node.what)) return tree_in(*filter->of);
  return nullptr;
}

void find_edges(const Tree& tree, bool all, std::vector<const Edge*>& out) {
  for (const Edge& edge : tree.edges) {
    if (edge.negated) continue;
    out.push_back(&edge);
    if (!all) continue;
    if (const Tree* const below = tree_in(**edge.to)) find_edges(*below, all, out);
  }
}

}  // namespace

PlanNode Planner::call(const SpanCall& call, Place place) {
  if (same_name(call.name, "repeat")) return repeat(call, place);
  if (same_name(call.name, "similar")) return similar(call, place);
  if (!call.options.empty() &&
      std::ranges::any_of(calls, [&](std::string_view name) { return same_name(name, call.name); }))
    refuse(call.options.front().place, fmt::format("{}() has no options", call.name));
  if (same_name(call.name, "rspan")) {
    const auto* of = call.arguments.empty() ? nullptr : std::get_if<Box<Node>>(&call.arguments.front());
    if (of == nullptr || call.arguments.size() > 2)
      refuse(place, "rspan() takes a tree and what of it is the hit", {}, {"rspan([] -Subj-> [], \"full\")"});
    return cover(**of, text_argument(call, 1, "full"), place);
  }
  if (same_name(call.name, "rel")) return relation_call(call, place);
  if (same_name(call.name, "phrase")) return phrase(call, place);
  refuse(place, fmt::format("the function '{}' is unknown", call.name),
         did_you_mean(nearest(call.name, {std::begin(calls), std::end(calls)})),
         {"rspan(...)", "rel(...)", "phrase(...)", "repeat(...)", "similar(...)"});
}

std::string_view Planner::text_argument(const SpanCall& call, std::size_t number,
                                        std::string_view otherwise) const {
  if (number >= call.arguments.size()) return otherwise;
  const auto* value = std::get_if<Value>(&call.arguments[number]);
  return value == nullptr ? std::string_view() : std::string_view(value->text);
}

// The other ends of the edges are captured, and the hit becomes what holds them.
PlanNode Planner::cover(const Node& of, std::string_view mode, Place place) {
  const Tree* const tree = tree_in(of);
  if (tree == nullptr || !tree->of)
    refuse(place, "rspan() is of a tree", {}, {"rspan([] -Subj-> [], \"full\")"});
  const bool target = same_name(mode, "target"), all = same_name(mode, "all");
  if (!target && !all && !same_name(mode, "full") && !same_name(mode, "source"))
    refuse(place, fmt::format("'{}' is not a part of a tree", mode), {},
           {"\"source\"", "\"target\"", "\"full\"", "\"all\""});
  if (same_name(mode, "source")) return node(of);
  std::vector<const Edge*> edges;
  find_edges(*tree, all, edges);
  if (target) {
    if (edges.empty()) refuse(place, "the tree has no edge that leads to a node");
    edges.resize(1);
  }
  PlanNode out;
  out.kind = PlanNode::Kind::cover;
  out.with_first = !target;
  for (const Edge* const edge : edges) {
    const auto slot = static_cast<Slot>(plan_.labels.size() + plan_.elements++);
    covered_[edge] = slot;
    out.covered.push_back(slot);
  }
  out.parts.push_back(node(of));
  return out;
}

// rel("Subj", b:[], "target") is rspan(_ -Subj-> b:[], "target").
PlanNode Planner::relation_call(const SpanCall& call, Place place) {
  if (call.arguments.size() > 3)
    refuse(place, "rel() takes a type, where it leads, and what of it is the hit",
           "an edge is captured by a label: e:-Subj->", {"rel(\"Subj\", [], \"source\")"});
  Edge edge;
  edge.place = place;
  Node to{AnyNode{}, place};
  if (!call.arguments.empty()) {
    const auto* type = std::get_if<Value>(&call.arguments.front());
    if (type != nullptr) {
      edge.type = type->text;
    } else if (!std::holds_alternative<AnyNode>((*std::get<Box<Node>>(call.arguments.front())).what)) {
      refuse(place, "the type of a relation is a text", {}, {"rel(\"Subj\")"});
    }
  }
  if (call.arguments.size() > 1) {
    const auto* target = std::get_if<Box<Node>>(&call.arguments[1]);
    if (target == nullptr)
      refuse(place, "a relation leads to a word or a segment", {}, {"[...]", "{...}", "_"});
    to = **target;
  }
  edge.to = Box<Node>(std::move(to));
  Tree tree;
  tree.of = Box<Node>(Node{AnyNode{}, place});
  tree.edges.push_back(std::move(edge));
  made_.push_back({std::move(tree), place});
  return cover(made_.back(), text_argument(call, 2, "source"), place);
}

PlanNode Planner::phrase(const SpanCall& call, Place place) {
  const auto* of = call.arguments.size() == 1 ? std::get_if<Box<Node>>(&call.arguments.front()) : nullptr;
  if (of == nullptr)
    refuse(place, "phrase() takes what heads the phrase", "any phrase of a kind is <phrase kind=\"PP\"/>",
           {"phrase([pos=\"P\"])"});
  require(attributes::Source::treebank, place, "phrase");
  plan_.words_only = false;
  PlanNode out;
  out.kind = PlanNode::Kind::phrase;
  out.parts.push_back(tree_node(**of));
  return out;
}

}  // namespace kalima::query
