#include "exporters/conllu_graph.h"

#include <unordered_map>

namespace kalima::exporters {
namespace {

using corpus::Attachment;

class Builder {
 public:
  explicit Builder(const std::vector<GraphNode>& nodes) : nodes_(nodes), up_(nodes.size(), no_head) {}

  Graph build() {
    attach();
    graph_.basic.resize(nodes_.size());
    graph_.enhanced.resize(nodes_.size());
    build_enhanced();
    build_basic();
    return std::move(graph_);
  }

 private:
  bool related(std::size_t i) const { return nodes_[i].attachment != Attachment::unrelated; }

  // The node that a loose one is attached to; no_head in a sentence where no node is related.
  std::size_t anchor(std::size_t i) const {
    if (nodes_[i].spoken) {
      if (const auto stem = stem_of_word_.find(nodes_[i].word); stem != stem_of_word_.end())
        return stem->second;
    }
    return next_fit_[i] != no_head ? next_fit_[i] : previous_fit_[i];
  }

  // up_: each node's head, even if hidden; no_head for roots and nodes that name themselves.
  void attach() {
    next_fit_.assign(nodes_.size(), no_head);
    previous_fit_ = next_fit_;
    std::size_t found = no_head;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      previous_fit_[i] = found;
      if (!nodes_[i].spoken || !related(i)) continue;
      found = i;
      if (nodes_[i].stem) stem_of_word_.emplace(nodes_[i].word, i);
    }
    found = no_head;
    for (std::size_t i = nodes_.size(); i-- > 0;) {
      next_fit_[i] = found;
      if (nodes_[i].spoken && related(i)) found = i;
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const GraphNode& node = nodes_[i];
      if (node.attachment == Attachment::dependent && node.head != i) up_[i] = node.head;
      if (node.attachment == Attachment::unrelated) up_[i] = anchor(i);
    }
  }

  const std::string& relation(std::size_t i) const {
    return related(i) ? nodes_[i].relation : nodes_[i].loose;
  }

  void build_enhanced() {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (up_[i] == no_head) {
        graph_.enhanced[i].push_back({no_head, "root"});
      } else {
        graph_.enhanced[i].push_back({up_[i], relation(i)});
      }
    }
    for (const std::size_t top : cut_cycles()) {
      graph_.enhanced[top].insert(graph_.enhanced[top].begin(), {no_head, "root"});
    }
  }

  // Removes the head of the first node of each cycle, which becomes the top of its part; returns these nodes.
  std::vector<std::size_t> cut_cycles() {
    std::vector<std::size_t> tops;
    std::vector<bool> seen(nodes_.size());
    for (const std::size_t node : corpus::nodes_on_cycles(up_)) {
      if (seen[node]) continue;
      for (std::size_t at = node; !seen[at]; at = up_[at]) seen[at] = true;
      up_[node] = no_head;
      tops.push_back(node);
    }
    return tops;
  }

  // For each node the first spoken node above it. There are no cycles left.
  std::vector<std::size_t> spoken_heads() const {
    std::vector<std::size_t> heads(nodes_.size(), no_head);
    std::vector<bool> known(nodes_.size());
    std::vector<std::size_t> way;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      way.clear();
      std::size_t at = i;
      for (; !known[at]; at = up_[at]) {
        way.push_back(at);
        if (up_[at] == no_head || nodes_[up_[at]].spoken) break;
      }
      const std::size_t head = known[at] ? heads[at] : up_[at];
      for (const std::size_t passed : way) {
        heads[passed] = head;
        known[passed] = true;
      }
    }
    return heads;
  }

  void build_basic() {
    const std::vector<std::size_t> heads = spoken_heads();
    const std::size_t root = main_root(heads);
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (!nodes_[i].spoken) continue;
      if (i == root) {
        graph_.basic[i] = {no_head, "root"};
      } else if (heads[i] != no_head) {
        graph_.basic[i] = {heads[i], relation(i)};
      } else {
        // Below a hidden root the node keeps its own relation; a further root has none.
        graph_.basic[i] = {root, up_[i] == no_head ? "dep" : relation(i)};
      }
    }
  }

  // The first root that is spoken, else the first word below a hidden one, else the first word.
  std::size_t main_root(const std::vector<std::size_t>& heads) const {
    std::size_t best = no_head;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (!nodes_[i].spoken || heads[i] != no_head) continue;
      if (nodes_[i].attachment == Attachment::root) return i;
      if (best == no_head || (!related(best) && related(i))) best = i;
    }
    return best;
  }

  const std::vector<GraphNode>& nodes_;
  std::vector<std::size_t> up_, next_fit_, previous_fit_;
  std::unordered_map<std::size_t, std::size_t> stem_of_word_;
  Graph graph_;
};

}  // namespace

Graph graph_of(const std::vector<GraphNode>& nodes) { return Builder(nodes).build(); }

}  // namespace kalima::exporters
