// A sentence's heads in the form of CoNLL-U: the basic tree over the words, and the enhanced graph over words
// and empty nodes, from the treebank's heads. The enhanced graph has each node's own edge. The basic tree
// must not contain empty nodes: a word with an empty node as head depends on the first word above it. If
// there is none, the first such word becomes the root and the others depend on it. Segments without a
// relation in the treebank depend on the stem of their word, or on the next word in the tree. Anything that
// is not a tree is made one: further roots, and one node of each cycle, depend on the root as `dep`.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "corpus/treebank.h"

namespace kalima::exporters {

inline constexpr std::size_t no_head = corpus::no_node;

struct GraphNode {
  corpus::Attachment attachment = corpus::Attachment::unrelated;
  std::size_t head =
      no_head;  // of a dependent: its head's index in the sentence; its own index if it names itself
  bool spoken = true;
  bool stem = true;      // false for a prefix or suffix
  std::size_t word = 0;  // the same for the segments of a word
  std::string relation;  // the basic relation of its label
  std::string loose;     // its relation if the treebank has none
};

struct GraphEdge {
  std::size_t head = no_head;  // a node's index, or no_head for the root
  std::string relation;
};

struct Graph {
  std::vector<GraphEdge> basic;                  // meaningless for hidden nodes
  std::vector<std::vector<GraphEdge>> enhanced;  // the node's own edge last
};

// At least one of the nodes is spoken.
Graph graph_of(const std::vector<GraphNode>& nodes);

}  // namespace kalima::exporters
