// Conditions and values as text.
#include <fmt/format.h>

#include <string_view>

#include "query/syntax/printer.h"

namespace kalima::query {
namespace {

template <typename... Of>
struct Cases : Of... {
  using Of::operator()...;
};
template <typename... Of>
Cases(Of...) -> Cases<Of...>;

std::string of_test(const Test& test, int min_level) {
  const auto parts = [&](std::string_view sign, int inner) {
    std::string out;
    for (const Test& part : test.parts) {
      if (!out.empty()) out += sign;
      out += of_test(part, inner);
    }
    return out;
  };
  std::string out;
  int level = 3;
  switch (test.kind) {
    case Test::Kind::any:
      return {};
    case Test::Kind::alone:
      return print(*test.left);
    case Test::Kind::compare: {
      const std::string_view sign = sign_of(test.comparison);
      const bool spaced = sign.front() >= 'a' || sign.front() == '<' || sign.front() == '>';
      return fmt::format("{}{}{}{}{}", print(*test.left), spaced ? " " : "", sign, spaced ? " " : "",
                         print(*test.right));
    }
    case Test::Kind::negated:
      return '!' + of_test(test.parts.front(), 3);
    case Test::Kind::both:
      level = 2;
      out = parts(" & ", 3);
      break;
    case Test::Kind::either:
      level = 1;
      out = parts(" | ", 2);
      break;
    case Test::Kind::implies:
      level = 0;
      out = of_test(test.parts[0], 1) + " -> " + of_test(test.parts[1], 0);
      break;
  }
  return level < min_level ? '(' + out + ')' : out;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\.*+?()[]{}|^$<>@#&~\"").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string in_quotes(std::string_view text) {
  const bool single = text.find('"') != std::string_view::npos && text.find('\'') == std::string_view::npos;
  const char quote = single ? '\'' : '"';
  std::string out(1, quote);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      out += text[i++];
    } else if (text[i] == quote) {
      out += '\\';
    }
    out += text[i];
  }
  return out += quote;
}

std::string_view sign_of(Comparison comparison) {
  constexpr std::string_view signs[] = {
      "=", "!=", "==", "!==", "<", "<=", ">", ">=", "contains", "not contains", "matches", "not matches"};
  return signs[static_cast<std::size_t>(comparison)];
}

std::string print(const Value& value) {
  switch (value.kind) {
    case Value::Kind::number:
      return fmt::format("{}", value.low);
    case Value::Kind::range:
      return fmt::format("in[{},{}]", value.low, value.high);
    case Value::Kind::list:
      return '$' + value.text;
    default:
      break;
  }
  std::string out = value.kind == Value::Kind::literal      ? "l"
                    : value.kind == Value::Kind::buckwalter ? "b"
                                                            : "";
  out += in_quotes(value.text);
  if (value.any_case || value.any_marks) out += '%';
  if (value.any_case) out += 'c';
  if (value.any_marks) out += 'd';
  return out;
}

std::string print(const Operand& operand) {
  return std::visit(
      Cases{[](const Name& name) { return name.label.empty() ? name.name : name.label + '.' + name.name; },
            [](const query::Value& value) { return print(value); },
            [](const FunctionCall& call) {
              std::string out = call.name + '(';
              for (std::size_t i = 0; i < call.arguments.size(); ++i) {
                if (i > 0) out += ", ";
                out += print(call.arguments[i]);
              }
              return out += ')';
            }},
      operand.what);
}

std::string print(const Test& test) { return of_test(test, 0); }

}  // namespace kalima::query
