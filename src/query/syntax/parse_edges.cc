// Trees and counts.
#include "query/syntax/parsing.h"

namespace kalima::query {

// "{" and then a digit or a comma; anything else begins a segment.
bool Parser::sees_count() {
  const std::size_t begin = lexer_.at();
  const bool count = lexer_.take("{") && (lexer_.sees_digit() || lexer_.sees(","));
  lexer_.return_to(begin);
  return count;
}

Count Parser::count() {
  const std::size_t begin = lexer_.at();
  lexer_.expect("{");
  Count count{0, unbounded};
  const bool has_min = lexer_.sees_digit();
  if (has_min) count.min = bound();
  if (lexer_.take(",")) {
    if (lexer_.sees_digit()) {
      count.max = bound();
    } else if (!has_min) {
      lexer_.unexpected({"a number of repetitions"});
    }
  } else {
    count.max = count.min;
  }
  lexer_.expect("}", "to close the count");
  if (count.max < count.min) lexer_.fail(from(begin), "the smaller number comes first");
  return count;
}

bool Parser::sees_edge() {
  const std::size_t begin = lexer_.at();
  if (!lexer_.sees_quoted()) lexer_.label();
  lexer_.take("!");
  // Odinson's and ANNIS' "->type" is an error, with its own hint.
  const bool edge = (lexer_.sees("-") && !lexer_.sees("->")) || lexer_.sees("<-") || lexer_.sees("<<-");
  lexer_.return_to(begin);
  return edge;
}

Edge Parser::edge() {
  Edge edge;
  const std::size_t begin = lexer_.at();
  if (auto label = lexer_.label()) edge.label = std::move(*label);
  edge.negated = lexer_.take("!");
  if (lexer_.take("<<-")) {
    edge.up = edge.path = true;
    edge.type = lexer_.edge_type("-");
  } else if (lexer_.take("<-")) {
    edge.up = true;
    edge.type = lexer_.edge_type("-");
  } else {
    lexer_.expect("-");
    edge.type = lexer_.edge_type("->");
    edge.path = lexer_.text().substr(lexer_.end_of_last()).starts_with(">") && lexer_.take(">");
  }
  if (edge.path && sees_count()) {
    edge.length = count();
    if (edge.length.min == 0) lexer_.fail(from(begin), "a path has one edge at least");
  }
  edge.optional = lexer_.take("?");
  edge.place = from(begin);
  if (edge.negated && edge.optional) lexer_.fail(edge.place, "an edge cannot be both negated and optional");
  edge.to = Box<Node>(tree());
  return edge;
}

void Parser::edges(Tree& tree) {
  tree.edges.push_back(edge());
  for (;;) {
    const std::size_t begin = lexer_.at();
    // One at the end of the query closes it.
    if (!lexer_.take(";") || !sees_edge()) {
      lexer_.return_to(begin);
      return;
    }
    tree.edges.push_back(edge());
  }
}

Node Parser::tree() {
  const Deeper deeper(*this);
  const std::size_t begin = lexer_.at();
  auto label = lexer_.sees_quoted() ? std::nullopt : lexer_.label();
  if (label && !lexer_.sees("^")) {
    label.reset();
    lexer_.return_to(begin);
  }
  if (lexer_.take("^")) {
    Tree top;
    Edge& edge = top.edges.emplace_back();
    if (label) edge.label = std::move(*label);
    lexer_.expect("-");
    edge.type = lexer_.edge_type("->");
    edge.place = from(begin);
    edge.to = Box<Node>(tree());
    return node(begin, std::move(top));
  }
  Node of = either();
  if (!sees_edge()) return of;
  Tree tree;
  tree.of = Box<Node>(std::move(of));
  edges(tree);
  return node(begin, std::move(tree));
}

}  // namespace kalima::query
