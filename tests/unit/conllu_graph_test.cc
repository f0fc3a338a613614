#include "exporters/conllu_graph.h"

#include <doctest/doctest.h>

using namespace kalima;
using namespace kalima::exporters;
using corpus::Attachment;

namespace {

GraphNode root(bool spoken = true) { return {Attachment::root, no_head, spoken, true, 0, "dep", "dep"}; }
GraphNode below(std::size_t head, const char* relation, bool spoken = true) {
  return {Attachment::dependent, head, spoken, true, 0, relation, "dep"};
}
GraphNode loose(const char* relation) {
  return {Attachment::unrelated, no_head, true, false, 0, "dep", relation};
}

// "HEAD relation" of every spoken node, with 1-based heads and 0 for the root.
std::vector<std::string> basic(std::vector<GraphNode> nodes) {
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].word == 0) nodes[i].word = 100 + i;
  }
  const Graph graph = graph_of(nodes);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!nodes[i].spoken) continue;
    const GraphEdge& edge = graph.basic[i];
    out.push_back((edge.head == no_head ? "0" : std::to_string(edge.head + 1)) + " " + edge.relation);
  }
  return out;
}

using Heads = std::vector<std::string>;

}  // namespace

TEST_CASE("a tree stays as it is") {
  CHECK(basic({below(1, "nsubj"), root(), below(0, "amod")}) == Heads{"2 nsubj", "0 root", "1 amod"});
}

TEST_CASE("hidden heads are skipped") {
  CHECK(basic({root(), below(0, "nsubj", false), below(1, "amod")}) == Heads{"0 root", "1 amod"});
  // The first word below a hidden root is the root; the others depend on it.
  CHECK(basic({root(false), below(0, "obl"), below(0, "obj"), below(1, "amod")}) ==
        Heads{"0 root", "2 obj", "2 amod"});
  CHECK(basic({root(false), below(0, "x", false), below(1, "obl")}) == Heads{"0 root"});
}

TEST_CASE("what is related to nothing depends on its word's stem, or the next word") {
  std::vector<GraphNode> nodes = {loose("det"), root(), loose("cc"), below(1, "conj")};
  nodes[0].word = nodes[1].word = 7;
  CHECK(basic(nodes) == Heads{"2 det", "0 root", "4 cc", "2 conj"});
  CHECK(basic({root(), loose("cc")}) == Heads{"0 root", "1 cc"});
  CHECK(basic({loose("cc"), loose("det")}) == Heads{"0 root", "1 dep"});
}

TEST_CASE("further roots and cycles hang on the root") {
  CHECK(basic({root(), root(), below(1, "obj")}) == Heads{"0 root", "1 dep", "2 obj"});
  CHECK(basic({root(), below(2, "a"), below(1, "b")}) == Heads{"0 root", "1 dep", "2 b"});
  CHECK(basic({below(0, "a"), root()}) == Heads{"2 dep", "0 root"});
  CHECK(basic({below(1, "a"), below(0, "b")}) == Heads{"0 root", "1 b"});
}

TEST_CASE("the enhanced graph keeps every edge, and a way from the root to every node") {
  const Graph graph = graph_of({root(), below(2, "a"), below(1, "b"), below(2, "c", false)});
  REQUIRE(graph.enhanced[1].size() == 2);
  CHECK(graph.enhanced[1][0].relation == "root");
  CHECK(graph.enhanced[1][0].head == no_head);
  CHECK(graph.enhanced[1][1].head == 2);
  CHECK(graph.enhanced[1][1].relation == "a");
  CHECK(graph.enhanced[2].size() == 1);
  CHECK(graph.enhanced[3].front().head == 2);
  CHECK(graph.enhanced[3].front().relation == "c");
}
