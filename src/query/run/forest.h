// The trees of a corpus, decoded and checked once, so that walking them needs no checks.
//
// Nodes are numbered as in the core file. Threads: constant once made.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "corpus/columns/core_file.h"

namespace kalima::query {

class Corpus;

struct Forest {
  explicit Forest(const Corpus& corpus);

  std::size_t size() const { return head.size(); }
  std::span<const std::uint32_t> children_of(std::uint32_t node) const {
    return std::span(children).subspan(child_begin[node], child_begin[node + 1] - child_begin[node]);
  }
  // Nodes that are the segment of a position; rarely more than one.
  std::span<const std::uint32_t> nodes_at(std::uint32_t position) const {
    return std::span(position_nodes)
        .subspan(position_begin[position], position_begin[position + 1] - position_begin[position]);
  }
  // The nodes that are not spoken and follow a position in the treebank.
  std::span<const std::uint32_t> hidden_at(std::uint32_t position) const {
    return std::span(hidden_nodes)
        .subspan(hidden_begin[position], hidden_begin[position + 1] - hidden_begin[position]);
  }
  bool hidden(std::uint32_t node) const { return !spoken[node]; }
  // Of a subject that is not spoken, which a verb implies, that verb; no_node for others.
  std::uint32_t verb_of(std::uint32_t node) const;
  // Edges up to a node without a head; nullopt where a cycle is met, and for what is in no tree.
  std::optional<std::uint32_t> depth(std::uint32_t node) const;

  // The analyses that nodes which are not spoken have, ascending, and for each of them and one more where these begin in
  // hidden_of_analyses.
  std::vector<std::uint32_t> hidden_analyses, hidden_analysis_begin, hidden_of_analyses;

  // The outermost phrase that holds a node that is not spoken; no_node for none.
  std::uint32_t phrase_around(std::uint32_t node) const {
    const auto found = phrase_of_hidden.find(node);
    return found == phrase_of_hidden.end() ? no_node : found->second;
  }

  // The phrases of a node, as (node, phrase).
  std::span<const std::pair<std::uint32_t, std::uint32_t>> phrases_of(std::uint32_t node) const;

  // How many nodes are below it, itself among them.
  std::uint32_t size_below(std::uint32_t node) const { return below[node]; }

  std::vector<std::uint32_t> head;      // or no_node
  std::vector<std::uint32_t> relation;  // the value of the relation to the head; 0 for none
  // Where it is; of one that is not spoken the position that it follows, or the first.
  std::vector<std::uint32_t> position;
  std::vector<std::uint32_t> place;  // of one that is not spoken: among the hidden ones at its position
  std::vector<bool> spoken;
  std::vector<std::uint32_t> verse;  // or no_node
  std::vector<std::uint32_t> child_begin, children;
  std::vector<std::uint32_t> position_begin, position_nodes, hidden_begin, hidden_nodes;
  std::vector<std::uint32_t> below;
  std::vector<bool> top;  // without a head, but part of a tree
  std::vector<bool> on_cycle;
  std::unordered_map<std::uint32_t, std::uint32_t> phrase_of_hidden;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> node_phrases;  // (node, phrase), ascending
  std::vector<std::uint32_t> implied, implying;  // subjects that are not spoken, ascending, and their verbs

  static constexpr std::uint32_t no_node = 0xFFFFFFFF;
};

}  // namespace kalima::query
