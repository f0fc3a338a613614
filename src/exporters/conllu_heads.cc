#include "exporters/conllu_heads.h"

#include <span>

#include "conllu/labels.h"
#include "exporters/conllu_graph.h"

namespace kalima::exporters {
namespace {

std::vector<corpus::SyntaxNode> syntax_of(const SentencePlan& plan, const std::vector<TreebankRow>& rows) {
  std::vector<corpus::SyntaxNode> nodes;
  nodes.reserve(plan.nodes.size());
  for (const SentencePlan::Node& node : plan.nodes) nodes.push_back(rows[*node.row].node);
  return nodes;
}

// Heads name tokens of their own treebank sentence; a sentence of CoNLL-U may contain several of those.
std::vector<std::size_t> heads_of_parts(const std::vector<corpus::SyntaxNode>& nodes) {
  std::vector<std::size_t> heads;
  heads.reserve(nodes.size());
  for (std::size_t begin = 0; begin < nodes.size();) {
    std::size_t end = begin;
    while (end < nodes.size() && nodes[end].sentence == nodes[begin].sentence) ++end;
    for (const std::size_t head : corpus::heads_of(std::span(nodes).subspan(begin, end - begin))) {
      heads.push_back(head == corpus::no_node ? head : begin + head);
    }
    begin = end;
  }
  return heads;
}

}  // namespace

bool set_heads(const SentencePlan& plan, const std::vector<Unit>& units,
               const std::vector<corpus::Verse>& verses, const std::vector<TreebankRow>& rows,
               conllu::Sentence& sentence) {
  const std::vector<corpus::SyntaxNode> syntax = syntax_of(plan, rows);
  const std::vector<std::size_t> heads = heads_of_parts(syntax);
  std::vector<GraphNode> nodes(syntax.size());
  std::size_t words = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    GraphNode& node = nodes[i];
    node.attachment = syntax[i].attachment();
    node.head = heads[i];
    node.spoken = plan.nodes[i].unit.has_value();
    node.relation = conllu::deprel_of(syntax[i].relation);
    node.loose = conllu::deprel_of_unrelated(syntax[i].pos);
    if (!node.spoken) continue;
    const Unit& unit = units[*plan.nodes[i].unit];
    if (unit.begins_word) ++words;
    node.word = words;
    node.stem = verses[unit.verse].words[unit.word].segments[unit.segment].type == "stem";
  }
  const Graph graph = graph_of(nodes);

  std::vector<conllu::Line*> lines;
  for (conllu::Line& line : sentence.lines) {
    if (line.kind != conllu::Line::Kind::range) lines.push_back(&line);
  }
  const auto id_of = [&](std::size_t node) { return node == no_head ? conllu::NodeId{} : lines[node]->id; };
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    for (const GraphEdge& edge : graph.enhanced[i])
      lines[i]->deps.push_back({id_of(edge.head), edge.relation});
    if (!nodes[i].spoken) continue;
    lines[i]->head = id_of(graph.basic[i].head).word;
    lines[i]->deprel = graph.basic[i].relation;
  }
  return plan.names.size() == 1 && corpus::is_tree(syntax);
}

void set_flat_heads(conllu::Sentence& sentence) {
  std::uint32_t head = 0;
  for (conllu::Line& line : sentence.lines) {
    if (line.kind != conllu::Line::Kind::word) continue;
    line.head = head;
    line.deprel = head == 0 ? "root" : "dep";
    head = 1;
  }
}

}  // namespace kalima::exporters
