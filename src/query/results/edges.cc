#include "query/results/edges.h"

#include "query/results/rewriting.h"
#include "query/results/tree_parts.h"
#include "query/syntax/printer.h"

namespace kalima::query {

EdgeQuery query_of_edges(const Query* query, std::string_view within, std::string_view type, bool up,
                         const std::vector<std::string>& labels) {
  EdgeQuery out;
  out.label = NewLabels(labels)("c");
  Edge edge;
  edge.up = up;
  edge.type = type;
  edge.to = node_of(Capture{out.label, node_of(AnyNode{})});
  Query edges;
  if (query != nullptr) {
    edges = *query;
    edges.notes.clear();
  }
  Tree tree;
  tree.of = query == nullptr ? node_of(AnyNode{}) : std::move(edges.body);
  tree.edges.push_back(std::move(edge));
  edges.body = node_of(std::move(tree));
  out.text = print(edges);
  if (!within.empty()) out.text = restricted(out.text, within);
  return out;
}

}  // namespace kalima::query
