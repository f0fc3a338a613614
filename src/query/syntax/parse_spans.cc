// Queries, sequences and what joins them.
#include <fmt/format.h>

#include <algorithm>

#include "query/syntax/grew.h"
#include "query/syntax/parsing.h"

namespace kalima::query {
namespace {

constexpr std::pair<std::string_view, Reading> readings[] = {{"all", Reading::all},
                                                             {"shortest", Reading::shortest},
                                                             {"standard", Reading::standard},
                                                             {"longest", Reading::longest}};
const char* const needs_atom = "a word [...], a segment {...}, a quoted word, a tag or a group (...)";

}  // namespace

Query parse(std::string_view text) {
  return is_grew(text) ? query_of(read_grew(text), text) : Parser(text).query();
}

Parser::Deeper::Deeper(Parser& parser) : parser_(parser) {
  if (++parser_.depth_ <= max_depth) return;
  const std::size_t at = parser_.lexer_.at();
  throw QueryError(parser_.lexer_.text(), {{at, at + 1}, "the query is nested too deep", {}, {}},
                   ErrorCode::too_large);
}

Query Parser::query() {
  std::optional<Reading> reading;
  std::vector<std::pair<std::string, std::string>> settings;
  for (;;) {
    const std::size_t begin = lexer_.at();
    if (lexer_.take("(?")) {
      const auto name = lexer_.name();
      const auto* known = std::ranges::find_if(
          readings, [&](const auto& one) { return name && same_name(one.first, *name); });
      if (known != std::end(readings) && lexer_.take(")")) {
        reading = known->second;
        continue;
      }
      lexer_.return_to(begin);
    } else if (lexer_.take("@")) {
      const auto name = lexer_.name();
      if (name && lexer_.take("=")) {
        const auto value = lexer_.name();
        if (!value) lexer_.unexpected({"the value of the setting"});
        settings.emplace_back(*name, *value);
        continue;
      }
      lexer_.return_to(begin);
    }
    break;
  }
  if (lexer_.at_end()) lexer_.unexpected({needs_atom});
  Node body = constrained();
  lexer_.take(";");
  if (!lexer_.at_end()) lexer_.unexpected({"the end of the query"});
  return {reading, std::move(settings), std::move(body), std::move(notes_)};
}

Node Parser::constrained() {
  const Deeper deeper(*this);
  const std::size_t begin = lexer_.at();
  Node of = spans();
  for (;;) {
    if (lexer_.take("::")) {
      Test constraint = test();
      of = node(begin, Constrained{std::move(of), std::move(constraint)});
    } else if (sees_old_constraint()) {
      lexer_.take("&");
      Test constraint = test();
      of = node(begin, Constrained{std::move(of), std::move(constraint)});
      notes_.emplace_back("'& 1.attribute ...' is read as a constraint: ':: 1.attribute ...'");
    } else if (lexer_.sees_word("within")) {
      of = inside(std::move(of));
    } else {
      return of;
    }
  }
}

// within 3 verse
Node Parser::inside(Node of) {
  const std::size_t begin = of.place.begin;
  lexer_.take_word("within");
  Inside inside{std::move(of), 1, {}, {}};
  inside.place.begin = lexer_.at();
  if (lexer_.sees_digit()) {
    inside.count = bound();
    if (inside.count == 0) lexer_.fail(from(inside.place.begin), "'within 0' holds nothing");
  }
  // `within 3 [...]` would be a sequence after the number, which no rule has.
  if (const auto region = lexer_.name()) {
    inside.region = *region;
  } else if (inside.place.begin == lexer_.at()) {
    lexer_.unexpected({"a region such as verse", "a number of words", "a tag such as <verse/>"});
  }
  inside.place = from(inside.place.begin);
  return node(begin, std::move(inside));
}

// After "within": a region or number, and no spans.
bool Parser::sees_bare_region() {
  const std::size_t begin = lexer_.at();
  if (!lexer_.take_word("within")) return false;
  // A numeric label begins spans.
  const bool bare = lexer_.sees_digit() ? !lexer_.label() : seen_region().has_value();
  lexer_.return_to(begin);
  return bare;
}

// The next name, if it begins no spans.
std::optional<std::string> Parser::seen_region() {
  const std::size_t begin = lexer_.at();
  std::optional<std::string> out;
  if (!lexer_.sees_quoted() && !lexer_.label()) {
    if (const auto name = lexer_.name(); name && !lexer_.sees("(")) out = std::string(*name);
  }
  lexer_.return_to(begin);
  return out;
}

bool Parser::sees_filter() {
  const std::size_t begin = lexer_.at();
  lexer_.take("!");
  const bool filter =
      lexer_.sees_word("within") || lexer_.sees_word("containing") || lexer_.sees_word("overlap");
  lexer_.return_to(begin);
  return filter;
}

Node Parser::spans() {
  const Deeper deeper(*this);
  const std::size_t begin = lexer_.at();
  Node of = tree();
  if (!sees_filter() || sees_bare_region()) return of;
  const bool negated = lexer_.take("!");
  const auto kind = lexer_.take_word("within")       ? Filter::Kind::within
                    : lexer_.take_word("containing") ? Filter::Kind::containing
                                                     : Filter::Kind::overlap;
  if (kind == Filter::Kind::overlap) lexer_.take_word("overlap");
  if (lexer_.at_end())
    lexer_.unexpected({"a region such as verse", "a number of words", "a tag such as <verse/>", "a query"});
  if (const auto region = seen_region())
    lexer_.unexpected({"a tag such as <verse/>", "a query"}, fmt::format("write <{}/>", *region));
  Node by = spans();
  return node(begin, Filter{kind, negated, std::move(of), std::move(by)});
}

// `&` and then a numeric label with a dot, as Manatee has it; also inside a function.
bool Parser::sees_old_constraint() {
  const std::size_t begin = lexer_.at();
  bool old = false;
  if (lexer_.take("&")) {
    lexer_.take("!");
    if (!lexer_.sees_quoted() && lexer_.name()) old = lexer_.take("(");
    if (lexer_.sees_digit()) {
      std::size_t end = lexer_.at();
      while (end < lexer_.text().size() && lexer_.text()[end] >= '0' && lexer_.text()[end] <= '9') ++end;
      old = end < lexer_.text().size() && lexer_.text()[end] == '.';
    } else {
      old = false;
    }
  }
  lexer_.return_to(begin);
  return old;
}

Node Parser::either() {
  const std::size_t begin = lexer_.at();
  std::vector<Node> parts;
  bool joined = false;
  do {
    parts.push_back(both());
    joined = joined || std::holds_alternative<Both>(parts.back().what);
  } while (lexer_.take("|"));
  if (parts.size() == 1) return std::move(parts.front());
  if (joined) notes_.emplace_back("'&' binds tighter than '|' here; BlackLab gives both the same precedence");
  return node(begin, Either{std::move(parts)});
}

Node Parser::both() {
  const std::size_t begin = lexer_.at();
  std::vector<Node> parts;
  parts.push_back(sequence());
  while (lexer_.sees("&") && !sees_old_constraint()) {
    lexer_.take("&");
    parts.push_back(sequence());
  }
  if (parts.size() == 1) return std::move(parts.front());
  return node(begin, Both{std::move(parts)});
}

bool Parser::ends_sequence() {
  if (lexer_.at_end()) return true;
  for (const std::string_view sign : {")", "|", "&", "::", ";", ","}) {
    if (lexer_.sees(sign)) return true;
  }
  return sees_filter() || sees_edge();
}

Node Parser::sequence() {
  const std::size_t begin = lexer_.at();
  std::vector<Node> parts;
  do {
    parts.push_back(piece());
  } while (!ends_sequence());
  if (parts.size() == 1) return std::move(parts.front());
  return node(begin, Sequence{std::move(parts)});
}

Node Parser::piece() {
  const Deeper deeper(*this);
  const std::size_t begin = lexer_.at();
  if (lexer_.take("!")) {
    Node of = piece();
    return node(begin, Not{std::move(of)});
  }
  std::vector<std::string> labels;
  bool target = false;
  std::optional<Node> named;
  for (;;) {
    const std::size_t sign = lexer_.at();
    if (lexer_.take("@")) {
      if (auto name = query_name()) {
        named = node(sign, NamedQuery{std::move(*name)});
        break;
      }
      target = true;
    } else if (auto label = lexer_.sees_quoted() ? std::nullopt : lexer_.label()) {
      labels.push_back(std::move(*label));
    } else {
      break;
    }
  }
  Node of = repeated(named ? std::move(*named) : atom());
  // A label names all repetitions together: a:[]{2} is a:([]{2}), as in BlackLab.
  for (auto label = labels.rbegin(); label != labels.rend(); ++label)
    of = node(begin, Capture{std::move(*label), std::move(of)});
  if (target) of = node(begin, Target{std::move(of)});
  return of;
}

// After "@": a name, unless it begins something that the "@" marks: a label, a function, a quoted text, "_".
std::optional<std::string> Parser::query_name() {
  const std::size_t begin = lexer_.at();
  if (lexer_.sees_quoted() || lexer_.sees_word("_") || lexer_.sees_word("MU")) return std::nullopt;
  if (lexer_.label()) {
    lexer_.return_to(begin);
    return std::nullopt;
  }
  const auto name = lexer_.name();
  if (!name) return std::nullopt;
  const std::string_view rest = lexer_.text().substr(lexer_.end_of_last());
  if (rest.starts_with('(')) {
    lexer_.return_to(begin);
    return std::nullopt;
  }
  return std::string(*name);
}

Node Parser::repeated(Node of) {
  const std::size_t begin = of.place.begin;
  for (std::size_t signs = 0;; ++signs) {
    std::optional<Count> count;
    if (sees_count()) {
      count = this->count();
    } else if (lexer_.take("*")) {
      count = Count{0, unbounded};
    } else if (lexer_.take("+")) {
      count = Count{1, unbounded};
    } else if (lexer_.take("?")) {
      count = Count{0, 1};
    }
    if (!count) return of;
    if (signs == max_depth) lexer_.fail(from(begin), "too many repetition signs follow one another");
    of = node(begin, Repeat{std::move(of), *count});
  }
}

}  // namespace kalima::query
