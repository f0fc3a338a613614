// Conditions, in brackets and after "::".
#include <algorithm>

#include "query/syntax/parsing.h"

namespace kalima::query {
namespace {

constexpr std::pair<std::string_view, Comparison> signs[] = {
    {"!==", Comparison::not_same},  {"!=", Comparison::not_equal},  {"==", Comparison::same},
    {"=", Comparison::equal},       {"<=", Comparison::less_equal}, {"<", Comparison::less},
    {">=", Comparison::more_equal}, {">", Comparison::more},        {"≠", Comparison::not_equal},
    {"≤", Comparison::less_equal},  {"≥", Comparison::more_equal}};

Test joined(Test::Kind kind, std::vector<Test> parts, Place place) {
  if (parts.size() == 1) return std::move(parts.front());
  Test out;
  out.kind = kind;
  out.parts = std::move(parts);
  out.place = place;
  return out;
}

}  // namespace

// a -> b -> c is a -> (b -> c).
Test Parser::test() {
  const Deeper deeper(*this);
  const std::size_t begin = lexer_.at();
  Test left = either_test();
  if (!lexer_.take("->")) return left;
  Test out;
  out.kind = Test::Kind::implies;
  out.parts.push_back(std::move(left));
  out.parts.push_back(test());
  out.place = from(begin);
  return out;
}

Test Parser::either_test() {
  const std::size_t begin = lexer_.at();
  std::vector<Test> parts;
  do parts.push_back(both_test());
  while (lexer_.take("|"));
  return joined(Test::Kind::either, std::move(parts), from(begin));
}

Test Parser::both_test() {
  const std::size_t begin = lexer_.at();
  std::vector<Test> parts;
  do parts.push_back(single_test());
  while (lexer_.take("&"));
  return joined(Test::Kind::both, std::move(parts), from(begin));
}

Test Parser::single_test() {
  const Deeper deeper(*this);
  const std::size_t begin = lexer_.at();
  if (lexer_.take("!")) {
    Test out;
    out.kind = Test::Kind::negated;
    out.parts.push_back(single_test());
    out.place = from(begin);
    return out;
  }
  if (lexer_.take("(")) {
    Test inner = test();
    lexer_.expect(")", "to close the condition");
    return inner;
  }
  return compared();
}

Test Parser::compared() {
  Test out;
  const std::size_t begin = lexer_.at();
  out.left = operand();
  const bool bare = lexer_.at_end() || lexer_.sees("&") || lexer_.sees("|") || lexer_.sees("->") ||
                    lexer_.sees(")") || lexer_.sees("]") || lexer_.sees("}") || lexer_.sees(":") ||
                    lexer_.sees(";");
  if (bare || lexer_.sees_word("within")) {
    out.kind = Test::Kind::alone;
    out.place = from(begin);
    return out;
  }
  out.kind = Test::Kind::compare;
  out.comparison = comparison();
  out.right = operand();
  out.place = from(begin);
  return out;
}

bool Parser::sees_comparison() {
  return std::ranges::any_of(signs, [this](const auto& sign) { return lexer_.sees(sign.first); });
}

Comparison Parser::comparison() {
  for (const auto& [sign, comparison] : signs) {
    if (lexer_.take(sign)) return comparison;
  }
  const bool negated = lexer_.take_word("not");
  if (lexer_.take_word("contains")) return negated ? Comparison::lacks : Comparison::contains;
  if (lexer_.take_word("matches")) return negated ? Comparison::not_matches : Comparison::matches;
  if (negated) lexer_.unexpected({"contains", "matches"});
  lexer_.unexpected({"=", "!=", "==", "<", "<=", ">", ">=", "contains", "matches"});
}

std::optional<Value> Parser::value() {
  if (auto quoted = lexer_.quoted()) return quoted;
  const std::size_t begin = lexer_.at();
  Value value;
  if (lexer_.sees_digit() || lexer_.sees("-")) {
    value.kind = Value::Kind::number;
    value.low = value.high = signed_number(max_number);
  } else if (lexer_.take("$")) {
    const auto name = lexer_.name();
    if (!name) lexer_.unexpected({"the name of a word list"});
    value.kind = Value::Kind::list;
    value.text = *name;
  } else if (lexer_.sees_word("in")) {
    lexer_.take_word("in");
    if (!lexer_.take("[")) {
      lexer_.return_to(begin);
      return std::nullopt;
    }
    value.kind = Value::Kind::range;
    value.low = signed_number(max_number);
    lexer_.expect(",");
    value.high = signed_number(max_number);
    lexer_.expect("]", "to close the range");
  } else {
    return std::nullopt;
  }
  value.place = from(begin);
  return value;
}

Operand Parser::operand() {
  const Deeper deeper(*this);
  const std::size_t begin = lexer_.at();
  // A numeric label, unless it is only a number.
  if (lexer_.sees_digit()) {
    const std::uint32_t number = bound();
    const std::size_t end = lexer_.end_of_last();
    if (lexer_.text().substr(end).starts_with(".")) {
      lexer_.take(".");
      const auto attribute = lexer_.name();
      if (!attribute) lexer_.unexpected({"an attribute"});
      return {Name{std::to_string(number), std::string(*attribute)}, from(begin)};
    }
    lexer_.return_to(begin);
  }
  if (auto plain = value()) return {std::move(*plain), from(begin)};
  const auto name = lexer_.name();
  if (!name) lexer_.unexpected({"an attribute", "a label", "a value in quotes"});
  if (lexer_.take("(")) {
    FunctionCall call{std::string(*name), {}};
    if (!lexer_.sees(")")) {
      do {
        // A label may be a number here too.
        if (lexer_.sees_digit()) {
          Operand argument = operand();
          if (const auto* number = std::get_if<Value>(&argument.what); number != nullptr)
            argument.what = Name{"", std::to_string(number->low)};
          call.arguments.push_back(std::move(argument));
        } else {
          call.arguments.push_back(operand());
        }
      } while (lexer_.take(","));
    }
    lexer_.expect(")", "to close the function");
    return {std::move(call), from(begin)};
  }
  if (lexer_.take(".")) {
    const auto attribute = lexer_.name();
    if (!attribute) lexer_.unexpected({"an attribute"});
    return {Name{std::string(*name), std::string(*attribute)}, from(begin)};
  }
  return {Name{"", std::string(*name)}, from(begin)};
}

}  // namespace kalima::query
