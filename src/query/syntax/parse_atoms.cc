// Words, segments, tags, groups, looks, meet and union, calls.
#include <fmt/format.h>

#include "query/syntax/foreign.h"
#include "query/syntax/parsing.h"

namespace kalima::query {

Node Parser::atom() {
  const Deeper deeper(*this);
  const std::size_t begin = lexer_.at();
  if (lexer_.sees("[[")) lexer_.unexpected({"one '['"});
  if (lexer_.sees("[") || lexer_.sees_quoted()) return word();
  if (lexer_.sees("{")) {
    lexer_.take("{");
    Test inner = lexer_.sees("}") ? Test{} : test();
    lexer_.expect("}", "to close the segment");
    return node(begin, SegmentTest{std::move(inner)});
  }
  for (const std::string_view sign : {"(?=", "(?!", "(?<=", "(?<!"}) {
    if (lexer_.sees(sign)) return look();
  }
  if (lexer_.sees("(")) {
    if (lexer_.sees("(?"))
      lexer_.unexpected({"(?= ...)", "(?! ...)", "(?<= ...)", "(?<! ...)"},
                        "(?longest) and the like come before the whole query");
    lexer_.take("(");
    if (lexer_.sees_word("meet") || lexer_.sees_word("union")) {
      lexer_.return_to(begin);
      return meet_or_union();
    }
    Node of = constrained();
    lexer_.expect(")", "to close the group");
    return of;
  }
  if (lexer_.sees("<") && !lexer_.sees("<<")) return tag();
  if (lexer_.sees_word("_") && lexer_.take_word("_")) return node(begin, AnyNode{});
  if (lexer_.sees_word("MU")) {
    lexer_.name();
    if (lexer_.sees("(")) return meet_or_union();
    lexer_.return_to(begin);
  }
  if (const auto name = lexer_.name()) {
    if (lexer_.take("(")) return call(std::string(*name), begin);
    lexer_.return_to(begin);
    bare_word();
  }
  lexer_.unexpected({"a word [...]", "a segment {...}", "a quoted word", "a tag", "a group (...)"});
}

void Parser::bare_word() {
  const std::string name(*lexer_.seen_name());
  std::string hint = foreign_hint(lexer_.text(), lexer_.at());
  const bool latin = static_cast<unsigned char>(name.front()) < 0x80;
  if (hint.empty()) {
    hint =
        latin ? fmt::format(
                    "a root is [root=\"{}\"]; English words are found by a text search, not by a query", name)
              : fmt::format("a word of the text is in quotes: \"{}\"", name);
  }
  lexer_.unexpected({"a word [...]", "a segment {...}", "a quoted word", "a tag", "a group (...)"},
                    std::move(hint));
}

Node Parser::word() {
  const std::size_t begin = lexer_.at();
  if (auto value = lexer_.quoted()) {
    WordTest word;
    word.quoted = true;
    word.test.kind = Test::Kind::compare;
    word.test.place = value->place;
    word.test.left = Operand{Name{"", "word"}, value->place};
    word.test.right = Operand{std::move(*value), word.test.place};
    return node(begin, std::move(word));
  }
  lexer_.take("[");
  if (lexer_.sees(":") && !lexer_.sees("::")) {
    lexer_.take(":");
    Test inner = test();
    lexer_.expect(":]", "to close the condition");
    return node(begin, Here{std::move(inner)});
  }
  WordTest word;
  if (!lexer_.sees("]")) word.test = test();
  lexer_.expect("]", "to close the word");
  return node(begin, std::move(word));
}

Node Parser::tag() {
  const std::size_t begin = lexer_.at();
  lexer_.take("<");
  Tag tag;
  if (lexer_.take("/")) tag.part = Tag::Part::end;
  if (auto quoted = lexer_.quoted()) {
    tag.region = std::move(quoted->text);
    tag.pattern = true;
  } else if (const auto name = lexer_.name()) {
    tag.region = *name;
  } else {
    lexer_.unexpected({"a region such as verse"});
  }
  while (!lexer_.sees("/") && !lexer_.sees(">")) {
    Tag::Attribute& attribute = tag.attributes.emplace_back();
    const std::size_t name_begin = lexer_.at();
    const auto name = lexer_.name();
    if (!name) lexer_.unexpected({"an attribute of the region", "'/>'", "'>'"});
    attribute.name = *name;
    attribute.comparison = comparison();
    auto right = value();
    if (!right) lexer_.unexpected({"a value in quotes", "a number"});
    attribute.value = std::move(*right);
    attribute.place = from(name_begin);
  }
  if (lexer_.take("/")) {
    if (tag.part == Tag::Part::end)
      lexer_.fail(from(begin), "a tag is either an end or a whole region", {"</verse>", "<verse/>"});
    lexer_.expect(">", "to close the tag");
  } else {
    lexer_.expect(">", "to close the tag");
    if (tag.part == Tag::Part::whole) tag.part = Tag::Part::start;
  }
  return node(begin, std::move(tag));
}

Node Parser::look() {
  const std::size_t begin = lexer_.at();
  const bool backward = lexer_.sees("(?<");
  const bool negated = lexer_.sees(backward ? "(?<!" : "(?!");
  lexer_.take(backward ? (negated ? "(?<!" : "(?<=") : (negated ? "(?!" : "(?="));
  Node of = constrained();
  lexer_.expect(")", "to close the look");
  return node(begin, Look{!backward, negated, std::move(of)});
}

std::int32_t Parser::signed_number(std::uint32_t max) {
  const bool negative = lexer_.take("-");
  const auto number = static_cast<std::int32_t>(lexer_.number(max));
  return negative ? -number : number;
}

Node Parser::meet_or_union() {
  const Deeper deeper(*this);
  const std::size_t begin = lexer_.at();
  if (lexer_.sees_word("MU")) lexer_.take_word("MU");
  lexer_.expect("(");
  if (lexer_.take_word("union")) {
    Node first = piece();
    Node second = piece();
    lexer_.expect(")", "to close the union");
    return node(begin, Union{std::move(first), std::move(second)});
  }
  if (!lexer_.take_word("meet")) lexer_.unexpected({"meet", "union"});
  Node first = piece();
  const bool negated = lexer_.take_word("not");
  Node second = piece();
  Meet meet{std::move(first), std::move(second), negated, 0, 0, {}};
  if (const auto region = lexer_.name()) {
    meet.region = *region;
  } else if (lexer_.sees("-") || lexer_.sees_digit()) {
    meet.low = signed_number(max_bound);
    if (!lexer_.sees("-") && !lexer_.sees_digit()) lexer_.unexpected({"the last distance in words"});
    meet.high = signed_number(max_bound);
  } else {
    lexer_.unexpected({"two distances in words", "a region such as verse"});
  }
  lexer_.expect(")", "to close the meet");
  return node(begin, std::move(meet));
}

// A number, a quoted text or a name.
std::optional<Value> Parser::plain_value() {
  const std::size_t begin = lexer_.at();
  std::optional<Value> plain = value();
  if (!plain) {
    if (const auto name = lexer_.name(); name && *name != "_") {
      plain.emplace();
      plain->kind = Value::Kind::literal;
      plain->text = *name;
      plain->place = from(begin);
    }
  }
  return plain;
}

// by=lemma, d:differ=1: a name and a sign.
std::optional<SpanCall::Option> Parser::option() {
  const std::size_t begin = lexer_.at();
  if (lexer_.sees_quoted()) return std::nullopt;
  SpanCall::Option out;
  out.label = lexer_.label().value_or("");
  const auto name = lexer_.name();
  if (!name || *name == "_" || !sees_comparison()) {
    lexer_.return_to(begin);
    return std::nullopt;
  }
  out.name = *name;
  out.comparison = comparison();
  auto right = plain_value();
  if (!right) lexer_.unexpected({"a number", "a name", "a value in quotes"});
  out.value = std::move(*right);
  out.place = from(begin);
  return out;
}

// A value alone.
std::optional<std::variant<Box<Node>, Value>> Parser::plain_argument() {
  const std::size_t begin = lexer_.at();
  std::optional<Value> plain = plain_value();
  if (plain && (lexer_.sees(",") || lexer_.sees(")")))
    return std::variant<Box<Node>, Value>(std::move(*plain));
  lexer_.return_to(begin);
  return std::nullopt;
}

Node Parser::call(std::string name, std::size_t begin) {
  SpanCall call{std::move(name), {}, {}};
  if (!lexer_.sees(")")) {
    do {
      if (auto one = option()) {
        call.options.push_back(std::move(*one));
      } else if (!call.options.empty()) {
        lexer_.unexpected({"another option", "')'"}, "what the function is of comes before its options");
      } else if (auto plain = plain_argument()) {
        call.arguments.push_back(std::move(*plain));
      } else {
        call.arguments.emplace_back(Box<Node>(constrained()));
      }
    } while (lexer_.take(","));
  }
  lexer_.expect(")", "to close the function");
  return node(begin, std::move(call));
}

}  // namespace kalima::query
