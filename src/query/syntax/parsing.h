// The parser by recursive descent: each function reads one rule of the grammar (README.md), and is in the file of its
// part of the language.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/syntax/lexer.h"
#include "query/syntax/parser.h"
#include "query/syntax/tree.h"

namespace kalima::query {

// Of repetitions and distances, and of what is compared.
inline constexpr std::uint32_t max_bound = 100'000, max_number = 1'000'000'000;

class Parser {
 public:
  explicit Parser(std::string_view text) : lexer_(text) {}

  Query query();

  // parse_tests.cc
  Test test();
  bool sees_comparison();
  Comparison comparison();
  std::optional<Value> value();
  // parse_edges.cc
  Count count();
  bool sees_count();
  std::uint32_t bound() { return lexer_.number(max_bound); }
  Lexer& lexer() { return lexer_; }

 private:
  // Refuses what is nested too deep.
  class Deeper {
   public:
    explicit Deeper(Parser& parser);
    ~Deeper() { --parser_.depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

   private:
    Parser& parser_;
  };

  // parse_spans.cc
  Node constrained();
  Node spans();
  Node either();
  Node both();
  Node sequence();
  Node piece();
  bool ends_sequence();
  bool sees_filter();
  bool sees_bare_region();
  std::optional<std::string> seen_region();
  bool sees_old_constraint();
  Node inside(Node of);
  Node repeated(Node of);
  std::optional<std::string> query_name();
  // parse_atoms.cc
  Node atom();
  Node word();
  Node tag();
  Node look();
  Node meet_or_union();
  Node call(std::string name, std::size_t begin);
  std::optional<SpanCall::Option> option();
  std::optional<Value> plain_value();
  std::optional<std::variant<Box<Node>, Value>> plain_argument();
  [[noreturn]] void bare_word();
  std::int32_t signed_number(std::uint32_t max);
  // parse_edges.cc
  Node tree();
  bool sees_edge();
  Edge edge();
  void edges(Tree& tree);
  // parse_tests.cc
  Test either_test();
  Test both_test();
  Test single_test();
  Test compared();
  Operand operand();

  Place from(std::size_t begin) const { return {begin, std::max(begin, lexer_.end_of_last())}; }
  Node node(std::size_t begin, decltype(Node::what) what) { return {std::move(what), from(begin)}; }

  Lexer lexer_;
  std::size_t depth_ = 0;
  std::vector<std::string> notes_;
};

}  // namespace kalima::query
