#include "query/run/forest.h"

#include <algorithm>
#include <utility>

#include "query/run/corpus.h"

namespace kalima::query {
namespace {

// Nodes by position, as ends and lists.
void list_nodes(const Forest& forest, bool spoken, std::size_t positions, std::vector<std::uint32_t>& begin,
                std::vector<std::uint32_t>& nodes) {
  begin.assign(positions + 1, 0);
  for (std::uint32_t node = 0; node < forest.size(); ++node) {
    if (forest.spoken[node] == spoken) ++begin[forest.position[node] + 1];
  }
  for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
  nodes.resize(begin.back());
  std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
  for (std::uint32_t node = 0; node < forest.size(); ++node) {
    if (forest.spoken[node] == spoken) nodes[next[forest.position[node]]++] = node;
  }
}

// Of pronouns that are not spoken, the subjects of verbs that are.
void list_implied(Forest& forest, const Corpus& corpus) {
  using attributes::Attribute;
  const columns::CoreFile& core = corpus.core();
  const auto subject = core.find(Attribute::relation, "Subj"),
             passive = core.find(Attribute::relation, "Pass"), pronoun = core.find(Attribute::pos, "PRON"),
             verb = core.find(Attribute::pos, "V");
  const std::vector<std::uint32_t>& tags = corpus.values(Attribute::pos);
  const columns::Numbers& tags_of_analyses = core.column(Attribute::pos);
  for (std::uint32_t node = 0; node < forest.size(); ++node) {
    const std::uint32_t head = forest.head[node];
    if (forest.spoken[node] || head == Forest::no_node || !forest.spoken[head]) continue;
    if (forest.relation[node] != subject && forest.relation[node] != passive) continue;
    const std::uint32_t analysis = core.trees().analysis(node);
    if (analysis >= tags_of_analyses.size() || tags_of_analyses[analysis] != pronoun) continue;
    if (tags[forest.position[head]] != verb) continue;
    forest.implied.push_back(node);
    forest.implying.push_back(head);
  }
}

// Of nodes that are not spoken, by the analysis that they have in the treebank.
void list_hidden_analyses(Forest& forest, const columns::Trees& trees) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> all;
  for (const std::uint32_t node : forest.hidden_nodes) all.emplace_back(trees.analysis(node), node);
  std::ranges::sort(all);
  for (const auto& [analysis, node] : all) {
    if (forest.hidden_analyses.empty() || forest.hidden_analyses.back() != analysis) {
      forest.hidden_analyses.push_back(analysis);
      forest.hidden_analysis_begin.push_back(static_cast<std::uint32_t>(forest.hidden_of_analyses.size()));
    }
    forest.hidden_of_analyses.push_back(node);
  }
  forest.hidden_analysis_begin.push_back(static_cast<std::uint32_t>(forest.hidden_of_analyses.size()));
}

}  // namespace

Forest::Forest(const Corpus& corpus) {
  const columns::CoreFile& core = corpus.core();
  const columns::Trees& trees = core.trees();
  // Without a word nothing can be asked of the trees.
  if (corpus.positions() == 0) {
    child_begin = {0};
    hidden_analysis_begin = {0};
    return;
  }
  const columns::Numbers& relations = core.column(attributes::Attribute::relation);
  const auto unrelated = core.find(attributes::Attribute::relation, "NonRel");
  std::vector<std::uint32_t> position_of(core.segments(), nothing);
  for (std::uint32_t i = 0; i < corpus.positions(); ++i) {
    if (corpus.segment_of[i] != nothing) position_of[corpus.segment_of[i]] = i;
  }
  std::vector<std::uint32_t> hidden_so_far(corpus.positions(), 0);
  std::uint32_t last = 0;
  child_begin.push_back(0);
  for (std::size_t node = 0; node < trees.size(); ++node) {
    head.push_back(trees.head(node).value_or(no_node));
    relation.push_back(node < relations.size() ? static_cast<std::uint32_t>(relations[node]) : 0);
    const auto segment = trees.segment(node);
    const std::uint32_t there = segment ? position_of[*segment] : nothing;
    spoken.push_back(there != nothing);
    if (there != nothing) last = there;
    position.push_back(last);
    place.push_back(there != nothing ? 0 : hidden_so_far[last]++);
    verse.push_back(trees.verse(node).value_or(no_node));
    top.push_back(head.back() == no_node && !(unrelated && relation.back() == *unrelated));
    on_cycle.push_back(trees.on_cycle(node));
    for (std::size_t i = 0; i < trees.child_count(node); ++i) children.push_back(trees.child(node, i));
    child_begin.push_back(static_cast<std::uint32_t>(children.size()));
  }
  // Each node adds what is below it to its head once all of its children have; those above a cycle never do.
  below.assign(size(), 1);
  std::vector<std::uint32_t> open(size(), 0), ready;
  for (std::uint32_t node = 0; node < size(); ++node) {
    open[node] = static_cast<std::uint32_t>(children_of(node).size());
    if (open[node] == 0) ready.push_back(node);
  }
  while (!ready.empty()) {
    const std::uint32_t node = ready.back();
    ready.pop_back();
    if (head[node] == no_node) continue;
    below[head[node]] += below[node];
    if (--open[head[node]] == 0) ready.push_back(head[node]);
  }
  list_nodes(*this, true, corpus.positions(), position_begin, position_nodes);
  list_nodes(*this, false, corpus.positions(), hidden_begin, hidden_nodes);
  list_hidden_analyses(*this, trees);
  list_implied(*this, corpus);
  // The outer ones come first.
  for (std::uint32_t phrase = 0; phrase < trees.phrases(); ++phrase) {
    node_phrases.emplace_back(trees.phrase_node(phrase), phrase);
    const columns::Range nodes = trees.phrase(phrase);
    for (auto node = static_cast<std::uint32_t>(nodes.begin); node < nodes.end; ++node) {
      if (hidden(node)) phrase_of_hidden.try_emplace(node, phrase);
    }
  }
  std::ranges::sort(node_phrases);
}

std::uint32_t Forest::verb_of(std::uint32_t node) const {
  const auto at = std::ranges::lower_bound(implied, node);
  return at != implied.end() && *at == node ? implying[static_cast<std::size_t>(at - implied.begin())]
                                            : no_node;
}

std::span<const std::pair<std::uint32_t, std::uint32_t>> Forest::phrases_of(std::uint32_t node) const {
  using Phrase = std::pair<std::uint32_t, std::uint32_t>;
  const auto begin = std::ranges::lower_bound(node_phrases, node, {}, &Phrase::first);
  return {begin, std::ranges::upper_bound(begin, node_phrases.end(), node, {}, &Phrase::first)};
}

std::optional<std::uint32_t> Forest::depth(std::uint32_t node) const {
  if (head[node] == no_node && !top[node]) return std::nullopt;
  std::uint32_t depth = 0;
  for (; head[node] != no_node; node = head[node], ++depth) {
    if (on_cycle[node]) return std::nullopt;
  }
  return depth;
}

}  // namespace kalima::query
