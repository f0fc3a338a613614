// Grew's text: blocks of nodes, edges, order and comparisons.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "query/syntax/grew.h"
#include "query/syntax/grew_features.h"
#include "query/syntax/grew_text.h"
#include "query/syntax/lexer.h"
#include "query/syntax/printer.h"

namespace kalima::query {
namespace {

class GrewReader {
 public:
  explicit GrewReader(std::string_view text) : text_(text) {}

  GrewPattern read() {
    bool first = true;
    while (!text_.at_end()) {
      const std::size_t begin = text_.at();
      const std::string keyword = text_.name("pattern, with or without");
      const bool pattern = same_name(keyword, "pattern") || same_name(keyword, "match");
      if (!first && same_name(keyword, "global"))
        text_.fail(begin, "what Grew calls global, the shape of a whole sentence, is not available",
                   {"with { ... }", "without { ... }"}, "leave it out, or compare edges: e1 >< e2");
      if (pattern != first || !(pattern || same_name(keyword, "with") || same_name(keyword, "without")))
        text_.fail(begin, fmt::format("'{}' is not read here", keyword), {"with { ... }", "without { ... }"});
      GrewBlock block = read_block();
      block.place = text_.from(begin);
      for (const GrewNode& node : out_.nodes) {
        if (std::ranges::find(edge_names_, node.name) != edge_names_.end())
          text_.fail(node.place.begin, fmt::format("'{}' names a node and an edge", node.name));
      }
      if (pattern) {
        out_.pattern = std::move(block);
        of_pattern_ = out_.nodes.size();
      } else {
        (same_name(keyword, "with") ? out_.with : out_.without).push_back(std::move(block));
      }
      first = false;
    }
    return std::move(out_);
  }

 private:
  GrewBlock read_block() {
    GrewBlock block;
    known_ = out_.nodes.size();
    text_.expect("{");
    while (!text_.take("}")) {
      read_item(block);
      if (!text_.take(";")) {
        text_.expect("}");
        return block;
      }
    }
    return block;
  }

  std::size_t node(std::string_view name, GrewBlock& block, std::size_t begin) {
    // Names of a block after the pattern are its own.
    for (std::size_t i = 0; i < out_.nodes.size(); ++i) {
      const bool seen = i < of_pattern_ || i >= known_;
      if (seen && !name.empty() && out_.nodes[i].name == name) return i;
    }
    block.nodes.push_back(out_.nodes.size());
    out_.nodes.push_back({std::string(name), {}, false, text_.from(begin)});
    return out_.nodes.size() - 1;
  }
  std::size_t end_of_edge(GrewBlock& block) {
    const std::size_t begin = text_.begin();
    if (text_.take("*")) return node("", block, begin);
    const std::string read = text_.name("a node");
    return node(read, block, begin);
  }

  void read_item(GrewBlock& block) {
    const std::size_t begin = text_.begin();
    std::string first = text_.take("*") ? std::string() : text_.name("a node");
    if (first.empty()) {
      const std::size_t from = node("", block, begin);
      if (!read_edge(block, "", from, begin)) text_.unexpected({"->", "-[type]->"});
      return;
    }
    const bool shared = text_.take("$");
    if (text_.take("[")) {
      read_node(block, first, shared, begin);
      return;
    }
    if (text_.take(":")) {
      const std::size_t from = end_of_edge(block);
      if (!read_edge(block, first, from, begin)) text_.unexpected({"->", "-[type]->"});
      return;
    }
    if (text_.take(".")) {
      block.tests.push_back(read_comparison(text_, first, begin));
      return;
    }
    if (text_.take("><")) {
      std::string second = text_.name("an edge");
      block.crossings.push_back({std::move(first), std::move(second), text_.from(begin)});
      return;
    }
    if (text_.take("<>"))
      text_.fail(begin, "disjoint edges are not available", {"><", "<<"},
                 "say in which order their nodes are: X << Y");
    const std::size_t from = node(first, block, begin);
    if (read_edge(block, "", from, begin)) return;
    read_order(block, std::move(first), begin);
  }

  // Features of a node that an earlier block named are what this block asks of it.
  void read_node(GrewBlock& block, const std::string& name, bool shared, std::size_t begin) {
    const std::size_t number = node(name, block, begin);
    const bool of_earlier = number < of_pattern_;
    std::vector<Test> alternatives;
    do {
      alternatives.push_back(read_features(text_, of_earlier ? name : std::string()));
    } while (text_.take("|") && text_.take("["));
    // [] is any node.
    const bool any =
        std::ranges::any_of(alternatives, [](const Test& test) { return test.kind == Test::Kind::any; });
    Test test = any ? Test() : all_of(std::move(alternatives), Test::Kind::either);
    GrewNode& named = out_.nodes[number];
    if (of_earlier) {
      if (!any) block.tests.push_back(std::move(test));
      return;
    }
    named.shared = named.shared || shared;
    if (named.test.kind == Test::Kind::any) {
      named.test = std::move(test);
    } else if (!any) {
      std::vector<Test> both = {std::move(named.test), std::move(test)};
      named.test = all_of(std::move(both), Test::Kind::both);
    }
  }

  bool read_edge(GrewBlock& block, std::string name, std::size_t from, std::size_t begin) {
    if (!name.empty()) {
      if (std::ranges::find(edge_names_, name) != edge_names_.end())
        text_.fail(begin, fmt::format("two edges are named '{}'", name));
      edge_names_.push_back(name);
    }
    GrewEdge edge;
    edge.name = std::move(name);
    edge.from = from;
    if (text_.take("->>")) {
      edge.path = true;
    } else if (text_.take("-[")) {
      read_types(edge);
      edge.path = false;
      text_.expect("]->");
      if (text_.sees(">")) text_.fail(begin, "a path has no type in Grew", {}, "-type->>");
    } else if (!text_.take("->")) {
      return false;
    }
    edge.to = end_of_edge(block);
    edge.place = text_.from(begin);
    block.edges.push_back(std::move(edge));
    return true;
  }

  void read_types(GrewEdge& edge) {
    edge.other_types = text_.take("^");
    if (text_.take("re\"")) {
      edge.type = text_.until('"');
      return;
    }
    do {
      const std::size_t begin = text_.begin();
      if (!edge.type.empty()) edge.type += '|';
      if (text_.take("\"")) {
        edge.type += escaped(text_.until('"'));
        continue;
      }
      const std::string_view type = text_.type();
      if (type.empty()) text_.unexpected({"a type", "re\"...\""});
      if (text_.take("=")) text_.fail(begin, "an edge has one type and no features", {}, "-[type]->");
      edge.type += escaped(type);
    } while (text_.take("|"));
  }

  void read_order(GrewBlock& block, std::string first, std::size_t begin) {
    const bool before = text_.take("<<"), after = !before && text_.take(">>");
    const bool next = !before && !after && text_.take("<"),
               previous = !before && !after && !next && text_.take(">");
    if (!(before || after || next || previous)) text_.unexpected({"[", "->", "-[type]->", "<", "<<"});
    const std::size_t second_begin = text_.begin();
    std::string second = text_.name("a node");
    node(second, block, second_begin);
    if (after || previous) std::swap(first, second);
    const Place place = text_.from(begin);
    if (before || after) {
      block.tests.push_back(in_order(first, second, place));
      return;
    }
    Operand distance = call_of("distance", {first, second}, place);
    Value unit;
    unit.kind = Value::Kind::literal;
    unit.text = "segment";
    unit.place = place;
    std::get<FunctionCall>(distance.what).arguments.push_back({unit, place});
    Value one;
    one.kind = Value::Kind::number;
    one.low = one.high = 1;
    one.place = place;
    block.tests.push_back(comparing(std::move(distance), Comparison::equal, {one, place}));
  }

  GrewText text_;
  std::size_t of_pattern_ = 0, known_ = 0;  // nodes of the pattern, of all blocks before this one
  std::vector<std::string> edge_names_;
  GrewPattern out_;
};

}  // namespace

bool is_grew(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at])) != 0) ++at;
  for (const std::string_view word : {"pattern", "match"}) {
    if (text.size() - at <= word.size() || !same_name(text.substr(at, word.size()), word)) continue;
    std::size_t after = at + word.size();
    while (after < text.size() && std::isspace(static_cast<unsigned char>(text[after])) != 0) ++after;
    if (after < text.size() && text[after] == '{') return true;
  }
  return false;
}

GrewPattern read_grew(std::string_view text) {
  const Lexer checked(text);
  return GrewReader(checked.text()).read();
}

}  // namespace kalima::query
