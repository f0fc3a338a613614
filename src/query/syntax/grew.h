// Patterns of Grew, as they are written: nodes with features, edges, order and comparisons, in a pattern and in what is
// to exist with it or not.
//
// Threads: values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/syntax/tree.h"

namespace kalima::query {

struct GrewNode {
  std::string name;     // empty for "*", any node
  Test test;            // its features
  bool shared = false;  // N$: may be the same node as another
  Place place;
};
struct GrewEdge {
  std::string name;              // empty for none
  std::size_t from = 0, to = 0;  // in GrewPattern::nodes
  std::string type;              // a regular expression; empty for any
  bool other_types = false;      // -[^type]->
  bool path = false;             // ->>
  Place place;
};
// Two named edges, neither of which lies inside or outside of the other.
struct GrewCrossing {
  std::string first, second;
  Place place;
};
struct GrewBlock {
  std::vector<std::size_t> nodes;  // that it is the first to name
  std::vector<GrewEdge> edges;
  std::vector<Test>
      tests;  // between nodes and edges, with labels; features of nodes that earlier blocks name
  std::vector<GrewCrossing> crossings;
  Place place;
};
struct GrewPattern {
  std::vector<GrewNode> nodes;
  GrewBlock pattern;
  std::vector<GrewBlock> with, without;
};

// Whether the text begins with "pattern {" or "match {".
bool is_grew(std::string_view text);
// Throws QueryError.
GrewPattern read_grew(std::string_view text);
// The same question as a tree. Throws QueryError for what has no counterpart.
Query query_of(const GrewPattern& pattern, std::string_view text);

}  // namespace kalima::query
