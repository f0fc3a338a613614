// A sentence's heads as CoNLL-U wants them: the basic tree over the words and the enhanced graph over words
// and empty nodes, from the treebank's own heads.
//
// The enhanced graph has each node's own edge. The basic tree may not hold empty nodes: a word whose head is
// one goes up to the first word above it, and where that is none, the first of them becomes the root and the
// others depend on it. Segments that the treebank relates to nothing depend on the stem of their word, or on
// the next word that has a place in the tree. What is no tree becomes one: further roots, and one node of
// each cycle, depend on the root as `dep`.
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
      no_head;  // of a dependent: its head's place in the sentence; its own when it names itself
  bool spoken = true;
  bool stem = true;      // of a prefix or suffix false
  std::size_t word = 0;  // the same for the segments of a word
  std::string relation;  // the basic relation that its label stands for
  std::string loose;     // the relation that it has when it is related to nothing
};

struct GraphEdge {
  std::size_t head = no_head;  // a node's place, or no_head for the root
  std::string relation;
};

struct Graph {
  std::vector<GraphEdge> basic;                  // of nodes that are not spoken without meaning
  std::vector<std::vector<GraphEdge>> enhanced;  // the node's own edge last
};

// At least one of the nodes is spoken.
Graph graph_of(const std::vector<GraphNode>& nodes);

}  // namespace kalima::exporters
