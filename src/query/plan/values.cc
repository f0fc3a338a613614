#include "query/plan/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "query/plan/literals.h"
#include "query/syntax/lexer.h"
#include "support/numbers.h"
#include "text/buckwalter.h"
#include "text/plain.h"
#include "text/unicode.h"

namespace kalima::query {
namespace {

using attributes::Attribute;
using attributes::Definition;
using attributes::Type;

[[noreturn]] void refuse(const Resolving& resolving, const Value& value, std::string message,
                         std::string hint = {}, std::vector<std::string> expected = {}) {
  throw QueryError(resolving.text, {value.place, std::move(message), std::move(expected), std::move(hint)});
}

// A flag at the very start of an expression: (?i), (?s), (?-i), (?c), (?d).
struct Flags {
  bool any_case, any_marks, exact = false;
};
Flags take_flags(std::string& pattern, const Value& value, bool sensitive) {
  Flags flags{!sensitive || value.any_case, value.any_marks};
  constexpr std::pair<std::string_view, int> known[] = {
      {"(?i)", 0}, {"(?-i)", 1}, {"(?s)", 1}, {"(?c)", 2}, {"(?d)", 3}};
  for (bool found = true; found;) {
    found = false;
    for (const auto& [text, meaning] : known) {
      if (!pattern.starts_with(text)) continue;
      pattern.erase(0, text.size());
      found = true;
      if (meaning == 0) flags.any_case = flags.any_marks = true;
      if (meaning == 1) flags = {value.any_case, false, true};
      if (meaning == 2) flags.any_case = false;
      if (meaning == 3) flags.any_marks = false;
    }
  }
  return flags;
}

Regex compiled(const Resolving& resolving, const Value& value, std::string_view pattern, bool any_case) {
  try {
    return Regex(pattern, any_case);
  } catch (const std::invalid_argument& e) {
    refuse(resolving, value, fmt::format("the expression is wrong: {}", e.what()),
           "a character with a meaning of its own has a backslash before it; l\"...\" is literal");
  }
}

// A part of values with parts, or all parts; they are separated by spaces or "|".
std::string over_parts(Comparison comparison, const std::string& pattern) {
  if (comparison == Comparison::contains || comparison == Comparison::lacks)
    return "(?:.*[| ])?(?:" + pattern + ")(?:[| ].*)?";
  return "(?:" + pattern + ")(?:[| ](?:" + pattern + "))*";
}

ValueIds from_names(Resolving& resolving, const Definition& row, const std::string& pattern,
                    const Value& value, bool literal) {
  ValueIds out;
  const auto add = [&out](std::size_t place) { out.push_back(static_cast<std::uint32_t>(place) + 1); };
  std::vector<std::string_view> alternatives = {pattern};
  // Some names have special signs: bi+.
  if (!literal && !attributes::find_value(row.values, pattern)) alternatives = literal_alternatives(pattern);
  if (alternatives.empty()) {
    const Regex regex = compiled(resolving, value, pattern, true);
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      if (regex.matches(row.values[i].name)) add(i);
    }
    return out;
  }
  for (const std::string_view alternative : alternatives) {
    const auto place = attributes::find_value(row.values, alternative);
    if (!place) {
      std::vector<std::string_view> names;
      std::vector<std::string> expected;
      for (const attributes::Value& one : row.values) {
        names.push_back(one.name);
        if (!one.english.empty()) names.push_back(one.english);
        if (expected.size() < 12) expected.emplace_back(one.name);
      }
      refuse(resolving, value, fmt::format("'{}' is not a value of {}", alternative, row.name),
             did_you_mean(nearest(alternative, names)), std::move(expected));
    }
    add(*place);
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

ValueIds from_flag(Resolving& resolving, const Definition& row, const Value& value) {
  for (const char* name : {"yes", "true", "1"}) {
    if (same_name(value.text, name) || (value.kind == Value::Kind::number && value.low == 1)) return {2};
  }
  for (const char* name : {"no", "false", "0"}) {
    if (same_name(value.text, name) || (value.kind == Value::Kind::number && value.low == 0)) return {1};
  }
  refuse(resolving, value, fmt::format("{} is yes or no", row.name), {}, {"\"yes\"", "\"no\""});
}

ValueIds from_numbers(Resolving& resolving, const Definition& row, Comparison comparison,
                      const Value& value) {
  // A number in its verse has no column, and none above the longest verse.
  const std::uint32_t last = row.column == attributes::Column::implied && row.level == attributes::Level::word
                                 ? 10'000
                                 : resolving.lexicon.core().values(row.attribute);
  ValueIds out;
  const auto add_if = [&](auto fits) {
    for (std::uint32_t id = 1; id <= last; ++id) {
      if (fits(std::int64_t{id} - 1)) out.push_back(id);
    }
  };
  if (value.kind == Value::Kind::range) {
    add_if([&](std::int64_t number) { return number >= value.low && number <= value.high; });
    return out;
  }
  std::optional<std::int64_t> number;
  if (value.kind == Value::Kind::number) number = value.low;
  if (!number) number = numbers::parse<std::int64_t>(value.text);
  if (number) {
    // Who asks for others than these negates them.
    const bool negative = comparison == Comparison::not_equal || comparison == Comparison::not_same;
    const Comparison by = negative ? Comparison::equal : comparison;
    add_if([&](std::int64_t one) { return fits(by, one, *number); });
    return out;
  }
  if (comparison != Comparison::equal && comparison != Comparison::not_equal)
    refuse(resolving, value, fmt::format("{} is a number", row.name), {}, {"a number"});
  const Regex regex = compiled(resolving, value, value.text, false);
  add_if([&](std::int64_t one) { return regex.matches(fmt::format("{}", one)); });
  if (out.empty())
    resolving.notes.push_back(fmt::format("{} is a number; none is written '{}'", row.name, value.text));
  return out;
}

ValueIds by_expression(Resolving& resolving, const Definition& row, std::string pattern, const Value& value,
                       const Flags& flags) {
  const bool surface = is_surface(row.attribute);
  if (row.attribute == Attribute::plain) pattern = text::plain(pattern);
  const bool bare = flags.any_marks || (surface && !flags.exact && !resolving.options.sensitive &&
                                        text::plain(pattern) == pattern);
  if (flags.any_marks) pattern = text::plain(pattern);
  const Regex regex = compiled(resolving, value, pattern, flags.any_case);
  ValueIds out = regex.matching(resolving.lexicon.lines(row.attribute, bare), resolving.stopped);
  for (std::uint32_t& id : out) ++id;
  return out;
}

ValueIds from_dictionary(Resolving& resolving, const Definition& row, Comparison comparison,
                         const Value& value) {
  std::string pattern = value.text;
  Flags flags = take_flags(pattern, value, resolving.options.sensitive);
  const bool parts = comparison == Comparison::contains || comparison == Comparison::lacks ||
                     comparison == Comparison::matches || comparison == Comparison::not_matches;
  const bool literal = value.kind != Value::Kind::pattern || comparison == Comparison::same ||
                       comparison == Comparison::not_same;
  if (value.kind == Value::Kind::buckwalter) {
    const auto arabic = text::arabic_from_buckwalter(pattern);
    if (!arabic) refuse(resolving, value, "this is not Buckwalter transliteration");
    pattern = *arabic;
    if (flags.exact) flags.exact = false;
  }
  if (literal && comparison != Comparison::equal && comparison != Comparison::not_equal && !parts)
    flags.exact = true;
  if (parts) {
    std::string quoted;
    for (const char c : pattern) {
      if (literal && is_special(c)) quoted += '\\';
      quoted += c;
    }
    return by_expression(resolving, row, over_parts(comparison, quoted), value, flags);
  }
  const Spelling spelling{flags.any_case, flags.any_marks, flags.exact || resolving.options.sensitive};
  if (literal) return literals(resolving, row, {pattern}, spelling);
  // Letters of Buckwalter's transliteration are special signs too.
  if (auto found = as_buckwalter(resolving, row, pattern); !found.empty()) return found;
  const auto alternatives = literal_alternatives(pattern);
  if (!alternatives.empty()) return literals(resolving, row, alternatives, spelling);
  return by_expression(resolving, row, pattern, value, flags);
}

}  // namespace

bool fits(Comparison comparison, std::int64_t left, std::int64_t right) {
  switch (comparison) {
    case Comparison::less:
      return left < right;
    case Comparison::less_equal:
      return left <= right;
    case Comparison::more:
      return left > right;
    case Comparison::more_equal:
      return left >= right;
    case Comparison::not_equal:
    case Comparison::not_same:
      return left != right;
    default:
      return left == right;
  }
}

ValueIds resolve(Resolving& resolving, Attribute attribute, Comparison comparison, const Value& value) {
  const Definition& row = attributes::definition(attribute);
  const bool ordered = comparison == Comparison::less || comparison == Comparison::less_equal ||
                       comparison == Comparison::more || comparison == Comparison::more_equal;
  if (ordered && row.type != Type::number)
    refuse(resolving, value, fmt::format("{} is not a number", row.name), {}, {"=", "!="});
  if (value.kind == Value::Kind::list) {
    const auto list = resolving.options.lists.find(value.text);
    if (list == resolving.options.lists.end()) {
      std::vector<std::string_view> names;
      for (const auto& one : resolving.options.lists) names.push_back(one.first);
      refuse(resolving, value, fmt::format("the word list '{}' was not found", value.text),
             did_you_mean(nearest(value.text, names)));
    }
    ValueIds out;
    for (const std::string& word : list->second) {
      Value one;
      one.kind = Value::Kind::literal;
      one.text = word;
      one.place = value.place;
      const ValueIds ids = resolve(resolving, attribute, Comparison::equal, one);
      out.insert(out.end(), ids.begin(), ids.end());
    }
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }
  if (row.type == Type::number) return from_numbers(resolving, row, comparison, value);
  if (row.type == Type::flag) return from_flag(resolving, row, value);
  if (value.kind == Value::Kind::range) refuse(resolving, value, fmt::format("{} is not a number", row.name));
  Value text = value;
  // person=3 as person="3".
  if (value.kind == Value::Kind::number) {
    text.kind = Value::Kind::literal;
    text.text = fmt::format("{}", value.low);
  }
  if (row.type == Type::enumerated)
    return from_names(resolving, row, text.text, text, text.kind != Value::Kind::pattern);
  return from_dictionary(resolving, row, comparison, text);
}

}  // namespace kalima::query
