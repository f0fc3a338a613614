// Grew's text.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>

#include "query/syntax/grew.h"
#include "query/syntax/lexer.h"

namespace kalima::query {
namespace {

bool is_of_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '\'' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Literal text as a regular expression.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\.*+?()[]{}|^$<>@#&~\"").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

Test all_of(std::vector<Test> parts, Test::Kind kind) {
  if (parts.size() == 1) return std::move(parts.front());
  Test out;
  if (parts.empty()) return out;
  out.kind = kind;
  out.parts = std::move(parts);
  return out;
}

Test comparing(Operand left, Comparison comparison, Operand right) {
  Test out;
  out.kind = Test::Kind::compare;
  out.place = {left.place.begin, right.place.end};
  out.left = std::move(left);
  out.right = std::move(right);
  out.comparison = comparison;
  return out;
}

class GrewReader {
 public:
  explicit GrewReader(std::string_view text) : text_(text) {}

  GrewPattern read() {
    bool first = true;
    while (!at_end()) {
      const std::size_t begin = at_;
      const std::string keyword = name("pattern, with or without");
      const bool pattern = same_name(keyword, "pattern") || same_name(keyword, "match");
      if (pattern != first || !(pattern || same_name(keyword, "with") || same_name(keyword, "without")))
        fail(begin, fmt::format("'{}' is not read here", keyword), {"with { ... }", "without { ... }"});
      GrewBlock block = read_block();
      block.place = {begin, at_};
      if (pattern) {
        out_.pattern = std::move(block);
      } else {
        (same_name(keyword, "with") ? out_.with : out_.without).push_back(std::move(block));
      }
      first = false;
    }
    return std::move(out_);
  }

 private:
  [[noreturn]] void fail(std::size_t begin, std::string message, std::vector<std::string> expected = {},
                         std::string hint = {}) const {
    throw QueryError(
        text_, {{begin, std::max(at_, begin)}, std::move(message), std::move(expected), std::move(hint)});
  }

  void skip() {
    while (at_ < text_.size()) {
      if (std::isspace(static_cast<unsigned char>(text_[at_])) != 0) {
        ++at_;
      } else if (text_[at_] == '%') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        return;
      }
    }
  }
  bool at_end() {
    skip();
    return at_ == text_.size();
  }
  bool take(std::string_view sign) {
    skip();
    if (!text_.substr(at_).starts_with(sign)) return false;
    at_ += sign.size();
    return true;
  }
  void expect(std::string_view sign) {
    if (!take(sign)) fail(at_, fmt::format("expected {}", sign), {std::string(sign)});
  }
  std::optional<std::string> seen_name() {
    skip();
    std::size_t end = at_;
    while (end < text_.size() && is_of_name(text_[end])) ++end;
    if (end == at_) return std::nullopt;
    std::string out;
    for (; at_ < end; ++at_) {
      // No part of a name here.
      if (text_[at_] == '\'') {
        out += "_prime";
      } else {
        out += text_[at_];
      }
    }
    return out;
  }
  std::string any_name(std::string_view what) {
    if (auto out = seen_name()) return *out;
    fail(at_, fmt::format("expected {}", what), {std::string(what)});
  }
  // One that is a name in the other language too.
  std::string name(std::string_view what) {
    skip();
    const std::size_t begin = at_;
    std::string out = any_name(what);
    Lexer lexer(out);
    if (lexer.name() != std::string_view(out) || !lexer.at_end() || out == "_")
      fail(begin, fmt::format("'{}' is not a name", out), {"letters, digits and _, with a letter first"});
    return out;
  }
  std::string until(char end) {
    const std::size_t begin = at_;
    const std::size_t close = text_.find(end, at_);
    if (close == std::string_view::npos) fail(begin, fmt::format("expected {} to close the text", end));
    if (close > begin && text_[close - 1] == '\\') fail(begin, "a text does not end with a backslash");
    at_ = close + 1;
    return std::string(text_.substr(begin, close - begin));
  }

  GrewBlock read_block() {
    GrewBlock block;
    expect("{");
    while (!take("}")) {
      read_item(block);
      if (!take(";")) {
        expect("}");
        return block;
      }
    }
    return block;
  }

  std::size_t node(std::string_view name, GrewBlock& block, std::size_t begin) {
    const auto known = std::ranges::find_if(
        out_.nodes, [&](const GrewNode& one) { return !name.empty() && one.name == name; });
    if (known != out_.nodes.end()) return static_cast<std::size_t>(known - out_.nodes.begin());
    block.nodes.push_back(out_.nodes.size());
    out_.nodes.push_back({std::string(name), {}, false, {begin, at_}});
    return out_.nodes.size() - 1;
  }
  std::size_t end_of_edge(GrewBlock& block) {
    skip();
    const std::size_t begin = at_;
    if (take("*")) return node("", block, begin);
    const std::string read = name("a node");
    return node(read, block, begin);
  }

  void read_item(GrewBlock& block) {
    skip();
    const std::size_t begin = at_;
    std::string first = take("*") ? std::string() : name("a node");
    if (first.empty()) {
      const std::size_t from = node("", block, begin);
      if (!read_edge(block, "", from, begin)) fail(begin, "an edge is expected after *", {"->", "-[type]->"});
      return;
    }
    const bool shared = take("$");
    if (take("[")) {
      const std::size_t number = node(first, block, begin);
      std::vector<Test> alternatives;
      do {
        alternatives.push_back(features());
      } while (take("|") && take("["));
      GrewNode& named = out_.nodes[number];
      named.shared = named.shared || shared;
      Test test = all_of(std::move(alternatives), Test::Kind::either);
      if (named.test.kind == Test::Kind::any) {
        named.test = std::move(test);
      } else if (test.kind != Test::Kind::any) {
        std::vector<Test> both = {std::move(named.test), std::move(test)};
        named.test = all_of(std::move(both), Test::Kind::both);
      }
      return;
    }
    if (take(":")) {
      const std::size_t from = end_of_edge(block);
      if (!read_edge(block, first, from, begin)) fail(at_, "an edge is expected", {"->", "-[type]->"});
      return;
    }
    if (take(".")) {
      read_comparison(block, std::move(first), begin);
      return;
    }
    if (take("><") || take("<>")) fail(begin, "crossing edges are not available");
    const std::size_t from = node(first, block, begin);
    if (read_edge(block, "", from, begin)) return;
    read_order(block, std::move(first), begin);
  }

  bool read_edge(GrewBlock& block, std::string name, std::size_t from, std::size_t begin) {
    GrewEdge edge;
    edge.name = std::move(name);
    edge.from = from;
    if (take("->>")) {
      edge.path = true;
    } else if (take("-[")) {
      read_types(edge);
      edge.path = false;
      expect("]->");
      if (text_.substr(at_).starts_with(">")) fail(begin, "a path has no type in Grew", {}, "-type->>");
    } else if (!take("->")) {
      return false;
    }
    edge.to = end_of_edge(block);
    edge.place = {begin, at_};
    block.edges.push_back(std::move(edge));
    return true;
  }

  void read_types(GrewEdge& edge) {
    edge.other_types = take("^");
    if (take("re\"")) {
      edge.type = until('"');
      return;
    }
    do {
      skip();
      const std::size_t begin = at_;
      if (!edge.type.empty()) edge.type += '|';
      if (take("\"")) {
        edge.type += escaped(until('"'));
        continue;
      }
      while (at_ < text_.size() &&
             (is_of_name(text_[at_]) || text_[at_] == ':' || text_[at_] == '@' || text_[at_] == '-'))
        ++at_;
      if (at_ == begin) fail(at_, "expected the type of an edge", {"a type", "re\"...\""});
      if (take("=")) fail(begin, "an edge has one type and no features", {}, "-[type]->");
      edge.type += escaped(text_.substr(begin, at_ - begin));
    } while (take("|"));
  }

  // After "[", up to "]".
  Test features() {
    std::vector<Test> parts;
    if (take("]")) return {};
    do {
      skip();
      const std::size_t begin = at_;
      const bool missing = take("!");
      const std::string attribute = name("a feature");
      const Operand left{Name{"", attribute_of(attribute)}, {begin, at_}};
      if (missing) {
        parts.push_back(comparing(left, Comparison::equal, literal("", begin)));
      } else if (take("<>")) {
        parts.push_back(comparing(left, Comparison::not_equal, literal("", begin)));
        for (const auto& value : values()) {
          if (value) parts.push_back(comparing(left, Comparison::not_equal, *value));
        }
      } else if (take("=")) {
        std::vector<Test> either;
        for (const auto& value : values()) {
          either.push_back(value ? comparing(left, Comparison::equal, *value)
                                 : comparing(left, Comparison::not_equal, literal("", begin)));
        }
        parts.push_back(all_of(std::move(either), Test::Kind::either));
      } else {
        parts.push_back(comparing(left, Comparison::not_equal, literal("", begin)));
      }
    } while (take(","));
    expect("]");
    return all_of(std::move(parts), Test::Kind::both);
  }

  // What Grew calls a form is the text of a segment; the label of an edge its relation. UD's parts of speech are names of
  // the others.
  static std::string attribute_of(const std::string& feature) {
    if (same_name(feature, "form")) return "segment";
    if (same_name(feature, "label")) return "relation";
    if (same_name(feature, "upos")) return "pos";
    return feature;
  }

  Operand literal(std::string text, std::size_t begin) const {
    Value value;
    value.kind = Value::Kind::literal;
    value.text = std::move(text);
    value.place = {begin, at_};
    return {std::move(value), value.place};
  }
  // nullopt for "*", any value.
  std::optional<Operand> value() {
    skip();
    const std::size_t begin = at_;
    Value out;
    if (take("*")) return std::nullopt;
    if (take("re\"")) {
      out.text = until('"');
    } else if (take("/")) {
      out.text = until('/');
      if (text_.substr(at_).starts_with("i")) {
        ++at_;
        out.any_case = true;
      }
    } else if (take("\"")) {
      out = std::get<Value>(literal(until('"'), begin).what);
    } else {
      out = std::get<Value>(literal(any_name("a value"), begin).what);
    }
    out.place = {begin, at_};
    return Operand{out, out.place};
  }
  std::vector<std::optional<Operand>> values() {
    std::vector<std::optional<Operand>> out;
    do {
      out.push_back(value());
    } while (take("|"));
    return out;
  }

  // N.feature = M.feature, or a value.
  void read_comparison(GrewBlock& block, std::string label, std::size_t begin) {
    const Operand left{Name{std::move(label), attribute_of(name("a feature"))}, {begin, at_}};
    Comparison comparison = Comparison::equal;
    if (take("<>")) {
      comparison = Comparison::not_equal;
    } else if (take("<=")) {
      comparison = Comparison::less_equal;
    } else if (take(">=")) {
      comparison = Comparison::more_equal;
    } else if (take("<")) {
      comparison = Comparison::less;
    } else if (take(">")) {
      comparison = Comparison::more;
    } else {
      expect("=");
    }
    skip();
    const std::size_t right_begin = at_;
    if (const auto right = seen_name()) {
      if (take(".")) {
        const std::string attribute = attribute_of(name("a feature"));
        block.tests.push_back(comparing(left, comparison, {Name{*right, attribute}, {right_begin, at_}}));
        return;
      }
      at_ = right_begin;
    }
    std::vector<Test> parts;
    for (const auto& one : values()) {
      if (!one) fail(right_begin, "'*' is compared with nothing", {"a value"});
      parts.push_back(comparing(left, comparison, *one));
    }
    block.tests.push_back(all_of(
        std::move(parts), comparison == Comparison::not_equal ? Test::Kind::both : Test::Kind::either));
  }

  void read_order(GrewBlock& block, std::string first, std::size_t begin) {
    const bool before = take("<<"), after = !before && take(">>");
    const bool next = !before && !after && take("<"), previous = !before && !after && !next && take(">");
    if (!(before || after || next || previous))
      fail(at_, "a node, an edge or an order is expected", {"[", "->", "-[type]->", "<", "<<"});
    skip();
    const std::size_t second_begin = at_;
    std::string second = name("a node");
    node(second, block, second_begin);
    if (after || previous) std::swap(first, second);
    const Place place{begin, at_};
    const auto of = [&](const char* function, std::vector<std::string> labels) {
      FunctionCall call{function, {}};
      for (std::string& label : labels) call.arguments.push_back({Name{"", std::move(label)}, place});
      return Operand{std::move(call), place};
    };
    if (before || after) {
      block.tests.push_back(comparing(of("order", {first}), Comparison::less, of("order", {second})));
      return;
    }
    Operand distance = of("distance", {first, second});
    std::get<FunctionCall>(distance.what).arguments.push_back(literal("segment", begin));
    Value one;
    one.kind = Value::Kind::number;
    one.low = one.high = 1;
    one.place = place;
    block.tests.push_back(comparing(std::move(distance), Comparison::equal, {one, place}));
  }

  std::string_view text_;
  std::size_t at_ = 0;
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
