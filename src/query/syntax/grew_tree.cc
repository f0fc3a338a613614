// From Grew's graph to a tree: the first node becomes the hit, edges that reach new nodes lead
// on, and what is left is a constraint. Grew's nodes are different ones.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "query/syntax/grew.h"
#include "query/syntax/grew_features.h"

namespace kalima::query {
namespace {

constexpr std::size_t max_nodes = 32;

Test negation(Test test) {
  Test out;
  out.kind = Test::Kind::negated;
  out.place = test.place;
  out.parts.push_back(std::move(test));
  return out;
}

Test conjunction(std::vector<Test> parts) { return all_of(std::move(parts), Test::Kind::both); }

Test has_other_type(const std::string& label, const GrewEdge& edge) {
  Value value;
  value.text = edge.type;
  value.place = edge.place;
  return comparing({Name{label, "relation"}, edge.place}, Comparison::not_equal, {value, edge.place});
}

// Whether one node lies between the two others, in any order; or outside of both.
Test lies_between(const std::string& a, const std::string& b, const std::string& node, Place place) {
  std::vector<Test> either = {conjunction({in_order(a, node, place), in_order(node, b, place)}),
                              conjunction({in_order(b, node, place), in_order(node, a, place)})};
  return all_of(std::move(either), Test::Kind::either);
}
Test lies_outside(const std::string& a, const std::string& b, const std::string& node, Place place) {
  std::vector<Test> either = {conjunction({in_order(node, a, place), in_order(node, b, place)}),
                              conjunction({in_order(a, node, place), in_order(b, node, place)})};
  return all_of(std::move(either), Test::Kind::either);
}

void collect_names(const Operand& operand, std::vector<std::string>& out) {
  if (const auto* name = std::get_if<Name>(&operand.what)) {
    out.push_back(name->label.empty() ? name->name : name->label);
  } else if (const auto* call = std::get_if<FunctionCall>(&operand.what)) {
    for (const Operand& argument : call->arguments) collect_names(argument, out);
  }
}
void collect_names(const Test& test, std::vector<std::string>& out) {
  if (test.left) collect_names(*test.left, out);
  if (test.right) collect_names(*test.right, out);
  for (const Test& part : test.parts) collect_names(part, out);
}

class GrewTree {
 public:
  GrewTree(const GrewPattern& pattern, std::string_view text) : pattern_(pattern), text_(text) {
    if (pattern.nodes.size() > max_nodes)
      fail(pattern.pattern.place, fmt::format("the pattern has more than {} nodes", max_nodes));
  }

  Query query() {
    const GrewBlock& block = pattern_.pattern;
    own_tests_.resize(pattern_.nodes.size());
    if (block.nodes.empty()) fail(block.place, "the pattern has no node");
    known_.assign(block.nodes.begin(), block.nodes.end());
    for (const GrewBlock& with : pattern_.with) hang(with, false);
    for (const GrewBlock& without : pattern_.without) hang(without, true);
    Tests tests = tests_of(block);
    Placed placed(block.edges.size());
    const std::size_t root = first_named(block);
    Node body = tree(block, root, placed, true);
    refuse_unreached(block, placed);
    add_rest(block, placed, tests);
    add_differences(block, placed, tests);
    for (Test& test : constraints_) tests.push_back(std::move(test));
    if (!tests.empty()) body = {Constrained{std::move(body), conjunction(std::move(tests))}, block.place};
    Query out{{}, {}, std::move(body), {}};
    out.notes.emplace_back("this is a pattern of Grew: its nodes are segments, and the hit is the first one");
    return out;
  }

 private:
  using Tests = std::vector<Test>;
  // How the edges of a block and its nodes became a tree.
  struct Placed {
    explicit Placed(std::size_t edges) : used(edges, false) {}
    std::vector<bool> used;
    std::vector<std::size_t> order;                        // nodes as they are captured
    std::set<std::pair<std::size_t, std::size_t>> differ;  // that the tree alone keeps apart
  };
  // What is to exist, or not, below a node of the pattern.
  struct Hung {
    std::size_t node;
    Edge edge;
    std::vector<std::string> names;  // of nodes of the pattern that it is compared with
    Place place;
  };

  [[noreturn]] void fail(Place place, std::string message, std::string hint = {}) const {
    throw QueryError(text_, {place, std::move(message), {}, std::move(hint)});
  }

  std::size_t first_named(const GrewBlock& block) const {
    const auto named = std::ranges::find_if(
        block.nodes, [&](std::size_t node) { return !pattern_.nodes[node].name.empty(); });
    return named == block.nodes.end() ? block.nodes.front() : *named;
  }
  bool is_known(std::size_t node) const { return std::ranges::find(known_, node) != known_.end(); }
  const std::string& name_of(std::size_t node) const { return pattern_.nodes[node].name; }

  // The comparisons of a block, those of edges that cross among them.
  Tests tests_of(const GrewBlock& block) const {
    Tests out = block.tests;
    for (const GrewCrossing& crossing : block.crossings) {
      const auto [a, b] = ends_of(block, crossing.first, crossing.place);
      const auto [c, d] = ends_of(block, crossing.second, crossing.place);
      const Place place = crossing.place;
      std::vector<Test> either = {conjunction({lies_between(a, b, c, place), lies_outside(a, b, d, place)}),
                                  conjunction({lies_between(a, b, d, place), lies_outside(a, b, c, place)})};
      out.push_back(all_of(std::move(either), Test::Kind::either));
    }
    return out;
  }
  std::pair<std::string, std::string> ends_of(const GrewBlock& block, const std::string& name,
                                              Place place) const {
    for (const GrewBlock* const one : {&block, &pattern_.pattern}) {
      const auto edge = std::ranges::find(one->edges, name, &GrewEdge::name);
      if (edge == one->edges.end()) continue;
      if (name_of(edge->from).empty() || name_of(edge->to).empty())
        fail(edge->place, "'*' cannot be compared", "name the node");
      return {name_of(edge->from), name_of(edge->to)};
    }
    fail(place, fmt::format("no edge is named '{}'", name),
         "name the edges: e1: X -> Y; e2: Z -> W; e1 >< e2");
  }

  Node segment(std::size_t number, bool labelled) {
    const GrewNode& node = pattern_.nodes[number];
    Tests tests = std::move(own_tests_[number]);
    if (node.name.empty() && tests.empty()) return {AnyNode{}, node.place};
    if (node.test.kind != Test::Kind::any) tests.insert(tests.begin(), node.test);
    Node out{SegmentTest{conjunction(std::move(tests))}, node.place};
    if (labelled && !node.name.empty()) out = {Capture{node.name, std::move(out)}, node.place};
    return out;
  }

  // What an edge that has another type than some says of its dependent, which is to become a part of the tree.
  void note_type(const GrewEdge& edge) {
    if (edge.other_types) own_tests_[edge.to].push_back(has_other_type("", edge));
  }
  static Edge edge_of(const GrewEdge& grew, bool up, Node to) {
    Edge edge;
    edge.label = grew.name;
    edge.up = up;
    edge.path = grew.path;
    if (!grew.other_types) edge.type = grew.type;
    edge.to = Box<Node>(std::move(to));
    edge.place = grew.place;
    return edge;
  }
  // An edge that may be one of the others too.
  static Node with_edge(Node of, Edge edge, Place place) {
    Tree out;
    out.of = Box<Node>(std::move(of));
    out.edges.push_back(std::move(edge));
    return {std::move(out), place};
  }

  // The node with its edges to nodes that were not reached yet.
  Node tree(const GrewBlock& block, std::size_t node, Placed& placed, bool labelled) {
    placed.order.push_back(node);
    Tree out;
    std::vector<Edge> to_any;
    std::vector<std::size_t> below;
    // "*" is any node, one of the others too, and so may be a shared one. Edges to them are read before the others, so
    // nodes are captured in this order.
    const auto may_be_any = [&](std::size_t other) {
      return name_of(other).empty() || pattern_.nodes[other].shared;
    };
    for (const bool any : {true, false}) {
      for (std::size_t i = 0; i < block.edges.size(); ++i) {
        const GrewEdge& edge = block.edges[i];
        if (placed.used[i] || (edge.from != node && edge.to != node)) continue;
        const bool up = edge.to == node;
        const std::size_t other = up ? edge.from : edge.to;
        const bool reached = std::ranges::find(placed.order, other) != placed.order.end();
        if (reached || (is_known(other) && !is_known(node)) || may_be_any(other) != any) continue;
        placed.used[i] = true;
        placed.differ.insert(std::minmax(node, other));
        if (!up) {
          for (const std::size_t one : below) placed.differ.insert(std::minmax(one, other));
          below.push_back(other);
        }
        note_type(edge);
        Node to = tree(block, other, placed, labelled);
        (any ? to_any : out.edges).push_back(edge_of(edge, up, std::move(to)));
      }
    }
    for (Hung& hung : hung_) {
      if (hung.node != node) continue;
      for (const std::string& name : hung.names) {
        const auto captured =
            std::ranges::any_of(placed.order, [&](std::size_t one) { return name_of(one) == name; });
        if (!captured)
          fail(hung.place, fmt::format("'{}' is named too late to be compared here", name),
               "name it before the others in the pattern");
      }
      (hung.edge.negated ? out.edges : to_any).push_back(hung.edge);
    }
    Node of = segment(node, labelled);
    for (Edge& edge : to_any) of = with_edge(std::move(of), std::move(edge), block.place);
    if (out.edges.empty()) return of;
    out.of = Box<Node>(std::move(of));
    return {std::move(out), block.place};
  }

  void refuse_unreached(const GrewBlock& block, const Placed& placed) const {
    for (const std::size_t node : block.nodes) {
      if (std::ranges::find(placed.order, node) == placed.order.end())
        fail(pattern_.nodes[node].place,
             fmt::format("no edge leads to '{}' from the first node", name_of(node)),
             "words that follow one another are a sequence: a:{pos=\"N\"} b:{pos=\"ADJ\"}");
    }
  }

  // Edges between nodes that are in the tree already.
  void add_rest(const GrewBlock& block, const Placed& placed, Tests& tests) {
    for (std::size_t i = 0; i < block.edges.size(); ++i) {
      const GrewEdge& edge = block.edges[i];
      if (placed.used[i]) continue;
      if (edge.path || !edge.name.empty() || name_of(edge.from).empty() || name_of(edge.to).empty())
        fail(edge.place, "an edge between nodes that others join already takes neither a name nor a path");
      Test any = edge_test(edge, false);
      if (edge.other_types) {
        tests.push_back(std::move(any));
        tests.push_back(negation(edge_test(edge, true)));
      } else {
        tests.push_back(edge_test(edge, true));
      }
    }
  }
  Test edge_test(const GrewEdge& edge, bool typed) const {
    Operand call = call_of("edge", {name_of(edge.from), name_of(edge.to)}, edge.place);
    if (typed && !edge.type.empty()) {
      Value type;
      type.text = edge.type;
      type.place = edge.place;
      std::get<FunctionCall>(call.what).arguments.push_back({type, edge.place});
    }
    Test out;
    out.kind = Test::Kind::alone;
    out.left = std::move(call);
    out.place = edge.place;
    return out;
  }

  Test different(std::size_t a, std::size_t b, Place place) const {
    return comparing(call_of("order", {name_of(a)}, place), Comparison::not_equal,
                     call_of("order", {name_of(b)}, place));
  }
  bool must_differ(std::size_t a, std::size_t b) const {
    const GrewNode &one = pattern_.nodes[a], &other = pattern_.nodes[b];
    return !one.name.empty() && !other.name.empty() && !one.shared && !other.shared;
  }
  void add_differences(const GrewBlock& block, const Placed& placed, Tests& tests) const {
    for (std::size_t i = 0; i < placed.order.size(); ++i) {
      for (std::size_t j = i + 1; j < placed.order.size(); ++j) {
        const auto pair = std::minmax(placed.order[i], placed.order[j]);
        if (must_differ(pair.first, pair.second) && !placed.differ.contains(pair))
          tests.push_back(different(pair.first, pair.second, block.place));
      }
    }
  }

  // What is not to exist becomes a constraint if it names no node of its own; otherwise an edge to its first node, of
  // which the rest holds.
  void hang(const GrewBlock& block, bool negated) {
    Tests tests = tests_of(block);
    if (block.nodes.empty()) {
      add_rest(block, Placed(block.edges.size()), tests);
      if (tests.empty()) fail(block.place, "nothing is asked for");
      Test all = conjunction(std::move(tests));
      constraints_.push_back(negated ? negation(std::move(all)) : std::move(all));
      return;
    }
    const auto leads_in = [&](const GrewEdge& edge) { return is_known(edge.from) != is_known(edge.to); };
    const auto first = std::ranges::find_if(block.edges, leads_in);
    if (first == block.edges.end())
      fail(block.place, fmt::format("no edge leads to '{}' from the pattern", name_of(block.nodes.front())));
    const bool up = is_known(first->to);
    const std::size_t node = up ? first->to : first->from, top = up ? first->from : first->to;
    if (!negated) refuse_with(block, *first, up);
    Placed placed(block.edges.size());
    placed.used[static_cast<std::size_t>(first - block.edges.begin())] = true;
    if (up && first->other_types) {
      (negated ? tests : constraints_).push_back(has_other_type(name_of(node), *first));
    } else {
      note_type(*first);
    }
    Node to = tree(block, top, placed, negated);
    Edge edge = edge_of(*first, up, std::move(to));
    refuse_unreached(block, placed);
    if (!negated) {
      hung_.push_back({node, std::move(edge), {}, block.place});
      return;
    }
    add_rest(block, placed, tests);
    add_differences(block, placed, tests);
    // They differ from the nodes of the pattern too.
    for (const std::size_t own : block.nodes) {
      for (const std::size_t other : known_) {
        if (must_differ(own, other) && !(own == top && other == node))
          tests.push_back(different(own, other, block.place));
      }
    }
    Hung hung{node, std::move(edge), {}, block.place};
    for (const Test& test : tests) collect_names(test, hung.names);
    std::erase_if(hung.names, [&](const std::string& name) {
      return std::ranges::none_of(known_, [&](std::size_t one) { return name_of(one) == name; });
    });
    hung.edge.negated = true;
    if (!tests.empty()) {
      Node of = **hung.edge.to;
      hung.edge.to = Box<Node>(Node{Constrained{std::move(of), conjunction(std::move(tests))}, block.place});
    }
    hung_.push_back(std::move(hung));
  }

  // What only has to exist has no labels, for each way would be a hit of its own; so nothing can be compared with it.
  void refuse_with(const GrewBlock& block, const GrewEdge& first, bool up) const {
    const auto names_edge = [](const GrewEdge& edge) { return !edge.name.empty(); };
    const auto same_dependent = [&](const GrewEdge& edge) { return edge.to == first.to; };
    if (!block.tests.empty() || !block.crossings.empty() || block.edges.size() > block.nodes.size() ||
        std::ranges::any_of(block.edges, names_edge) ||
        (up && !name_of(first.from).empty() && std::ranges::any_of(pattern_.pattern.edges, same_dependent)))
      fail(block.place, "'with' can name further nodes and edges to them, but compare nothing",
           "put it into the pattern; each way to match it is then a hit");
  }

  const GrewPattern& pattern_;
  std::string_view text_;
  std::vector<std::size_t> known_;  // nodes of the pattern itself
  std::vector<Hung> hung_;
  Tests constraints_;
  std::vector<Tests> own_tests_;  // by node, beside its features
};

}  // namespace

Query query_of(const GrewPattern& pattern, std::string_view text) { return GrewTree(pattern, text).query(); }

}  // namespace kalima::query
