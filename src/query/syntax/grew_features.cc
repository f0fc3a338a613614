#include "query/syntax/grew_features.h"

#include <optional>

#include "query/syntax/lexer.h"
#include "query/syntax/printer.h"

namespace kalima::query {
namespace {

std::string attribute_of_feature(const std::string& feature) {
  if (same_name(feature, "form")) return "segment";
  if (same_name(feature, "label")) return "relation";
  if (same_name(feature, "upos")) return "pos";
  return feature;
}

Operand literal_of(std::string text, Place place) {
  Value value;
  value.kind = Value::Kind::literal;
  value.text = std::move(text);
  value.place = place;
  return {std::move(value), place};
}

Test has_value(Operand of) {
  const Place place = of.place;
  return comparing(std::move(of), Comparison::not_equal, literal_of("", place));
}

// Grew compares texts as they are. Of other attributes than those of the written text, a plain one is a pattern in this
// language, as Latin letters are then read as transliteration.
bool is_literal(const Operand& of, std::string_view text) {
  const std::string& attribute = std::get<Name>(of.what).name;
  return same_name(attribute, "segment") || same_name(attribute, "word") || escaped(text) != text;
}

// Of a feature. nullopt for "*", any value.
std::optional<Operand> read_value(GrewText& text, const Operand& of) {
  const std::size_t begin = text.begin();
  Value out;
  if (text.take("*")) return std::nullopt;
  if (text.take("re\"")) {
    out.text = text.until('"');
  } else if (text.take("/")) {
    out.text = text.until('/');
    if (text.sees("i")) {
      text.take("i");
      out.any_case = true;
    }
  } else {
    out.text = text.take("\"") ? text.until('"') : text.any_name("a value");
    if (is_literal(of, out.text)) out.kind = Value::Kind::literal;
  }
  out.place = text.from(begin);
  return Operand{out, out.place};
}

// The feature has one of the values, or, with not_equal, has a value that is none of them.
Test read_values(GrewText& text, const Operand& left, Comparison comparison) {
  const bool other = comparison == Comparison::not_equal;
  std::vector<Test> parts;
  if (other) parts.push_back(has_value(left));
  do {
    const auto value = read_value(text, left);
    if (value) {
      parts.push_back(comparing(left, comparison, *value));
    } else if (other || comparison != Comparison::equal) {
      text.fail(text.at(), "'*' is compared with nothing", {"a value"});
    } else {
      parts.push_back(has_value(left));
    }
  } while (text.take("|"));
  return all_of(std::move(parts), other ? Test::Kind::both : Test::Kind::either);
}

Comparison read_sign(GrewText& text) {
  if (text.take("<>")) return Comparison::not_equal;
  if (text.take("<=")) return Comparison::less_equal;
  if (text.take(">=")) return Comparison::more_equal;
  if (text.take("<")) return Comparison::less;
  if (text.take(">")) return Comparison::more;
  text.expect("=");
  return Comparison::equal;
}

}  // namespace

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

Operand call_of(std::string function, const std::vector<std::string>& labels, Place place) {
  FunctionCall call{std::move(function), {}};
  for (const std::string& label : labels) call.arguments.push_back({Name{"", label}, place});
  return {std::move(call), place};
}

Test in_order(const std::string& first, const std::string& second, Place place) {
  return comparing(call_of("order", {first}, place), Comparison::less, call_of("order", {second}, place));
}

Test read_features(GrewText& text, const std::string& label) {
  std::vector<Test> parts;
  if (text.take("]")) return {};
  do {
    const std::size_t begin = text.begin();
    const bool missing = text.take("!");
    const std::string attribute = attribute_of_feature(text.name("a feature"));
    const Operand left{Name{label, attribute}, text.from(begin)};
    if (missing) {
      parts.push_back(comparing(left, Comparison::equal, literal_of("", left.place)));
    } else if (text.take("<>")) {
      parts.push_back(read_values(text, left, Comparison::not_equal));
    } else if (text.take("=")) {
      parts.push_back(read_values(text, left, Comparison::equal));
    } else {
      parts.push_back(has_value(left));
    }
  } while (text.take(","));
  text.expect("]");
  return all_of(std::move(parts), Test::Kind::both);
}

Test read_comparison(GrewText& text, const std::string& label, std::size_t begin) {
  const std::string attribute = attribute_of_feature(text.name("a feature"));
  const Operand left{Name{label, attribute}, text.from(begin)};
  const Comparison comparison = read_sign(text);
  const std::size_t right_begin = text.begin();
  const auto other = text.seen_name();
  if (!other || !text.take(".")) {
    text.return_to(right_begin);
    return read_values(text, left, comparison);
  }
  const std::string other_attribute = attribute_of_feature(text.name("a feature"));
  const Operand right{Name{*other, other_attribute}, text.from(right_begin)};
  Test test = comparing(left, comparison, right);
  if (comparison != Comparison::not_equal) return test;
  std::vector<Test> parts = {has_value(left), has_value(right), std::move(test)};
  return all_of(std::move(parts), Test::Kind::both);
}

}  // namespace kalima::query
