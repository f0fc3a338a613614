#include "query/plan/values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <stdexcept>

#include "query/plan/literals.h"
#include "query/plan/other_names.h"
#include "query/syntax/lexer.h"
#include "query/syntax/unseen.h"
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

// Whether values of it may have parts: all texts but those that are one word.
bool has_parts(const Definition& row) {
  switch (row.attribute) {
    case Attribute::word:
    case Attribute::segment:
    case Attribute::plain:
    case Attribute::root:
    case Attribute::lemma:
    case Attribute::stem_root:
    case Attribute::stem_lemma:
      return false;
    default:
      return row.type == Type::dictionary;
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
      std::vector<std::string> expected;
      for (const attributes::Value& one : row.values) {
        if (expected.size() < 12) expected.emplace_back(one.name);
      }
      refuse(resolving, value, fmt::format("'{}' is not a value of {}", alternative, row.name),
             did_you_mean(near_names(resolving.lexicon.core(), row, alternative)), std::move(expected));
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

// "in[1,3]" in quotes too.
std::optional<Value> range_in(const Value& value) {
  std::string_view text = value.text;
  if (value.kind != Value::Kind::pattern || !text.starts_with("in[") || !text.ends_with(']'))
    return std::nullopt;
  text = text.substr(3, text.size() - 4);
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto low = numbers::parse<std::uint32_t>(text::stripped(text.substr(0, comma))),
             high = numbers::parse<std::uint32_t>(text::stripped(text.substr(comma + 1)));
  if (!low || !high) return std::nullopt;
  Value out = value;
  out.kind = Value::Kind::range;
  out.low = *low;
  out.high = *high;
  return out;
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
  if (out.empty()) {
    std::string note = fmt::format("{} is a number; none is written '{}'", row.name, value.text);
    if (row.attribute == Attribute::surah_n) {
      const auto meant =
          near_names(resolving.lexicon.core(), attributes::definition(Attribute::surah_name), value.text);
      if (!meant.empty()) note += fmt::format("; write <surah name=\"{}\"/>", meant.front());
    }
    resolving.notes.push_back(std::move(note));
  }
  return out;
}

// Marks over a letter come in the order of NFC from keyboards and browsers, and in its own order from the text: what is
// matched is one expression in NFC over texts in NFC. An expression may name marks one by one, as in [ّ]َ, so that what the
// texts as they are stored match counts too.
ValueIds by_expression(Resolving& resolving, const Definition& row, const std::string& pattern,
                       const Value& value, const Flags& flags) {
  using Form = Lexicon::Form;
  ValueIds out;
  const auto add = [&](const std::string& expression, Form form) {
    const Regex regex = compiled(resolving, value, expression, flags.any_case);
    const ValueIds lines = regex.matching(resolving.lexicon.lines(row.attribute, form), resolving.stopped);
    ValueIds both;
    std::ranges::set_union(out, lines, std::back_inserter(both));
    out = std::move(both);
  };
  const std::string composed = text::nfc(pattern);
  const bool surface = is_surface(row.attribute);
  if (row.attribute == Attribute::plain) {
    for (const std::string& spelling : plain_spellings(pattern)) {
      if (out.empty()) add(spelling, Form::stored);
    }
  } else if (flags.any_marks ||
             (surface && !flags.exact && !resolving.options.sensitive && text::plain(composed) == composed)) {
    for (const std::string& spelling : plain_spellings(composed)) {
      if (out.empty()) add(spelling, Form::bare);
    }
  } else if (surface) {
    add(pattern, Form::stored);
    // Without a mark all forms of it are the same.
    if (text::plain(composed) != composed) add(composed, Form::composed);
  } else {
    add(composed, Form::stored);
  }
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
  if (literal && comparison != Comparison::equal && comparison != Comparison::not_equal && !parts) {
    flags.exact = true;
    flags.any_case = value.any_case;
  }
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

// What is wrong with a text of a list is said of the list, where the query names it.
template <typename Run>
ValueIds in_list(const Resolving& resolving, const Value& list, std::string_view text, Run run) {
  try {
    return run();
  } catch (const QueryError& e) {
    refuse(resolving, list, fmt::format("'{}' of the list '${}': {}", text, list.text, e.what()), e.cure());
  }
}

// How many words of a list that do not occur are named.
constexpr std::size_t max_named = 5;

ValueIds from_list(Resolving& resolving, Attribute attribute, Comparison comparison, const Value& value) {
  const Names* const names = resolving.options.names.get();
  const auto list = names == nullptr ? std::nullopt : names->list(value.text);
  if (!list) {
    const std::vector<std::string> known = names == nullptr ? std::vector<std::string>() : names->all('$');
    refuse(resolving, value, fmt::format("the word list '${}' was not found", value.text),
           cure_of_missing(value.text, known));
  }
  add_name(resolving.names, '$' + value.text);
  ValueIds out;
  std::vector<std::string> missing;
  const std::size_t notes = resolving.notes.size();
  for (const std::string& text : *list) {
    Value one;
    one.kind = Value::Kind::literal;
    one.text = text;
    one.place = value.place;
    const ValueIds ids =
        in_list(resolving, value, text, [&] { return resolve(resolving, attribute, comparison, one); });
    if (ids.empty()) missing.push_back(text);
    out.insert(out.end(), ids.begin(), ids.end());
  }
  if (missing.size() > max_named) {
    resolving.notes.resize(notes);
    const std::size_t more = missing.size() - max_named;
    missing.resize(max_named);
    resolving.notes.push_back(fmt::format("of the list '${}' do not occur: {} and {} more", value.text,
                                          fmt::join(missing, ", "), more));
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

void add_name(std::vector<std::string>& names, std::string name) {
  if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
}

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
  const bool of_parts = comparison == Comparison::contains || comparison == Comparison::lacks ||
                        comparison == Comparison::matches || comparison == Comparison::not_matches;
  if (of_parts && !has_parts(row)) {
    const bool any = comparison == Comparison::contains || comparison == Comparison::lacks;
    const std::string_view dots = any && row.type == Type::dictionary ? ".*" : "";
    refuse(resolving, value,
           fmt::format("the values of {} have no parts, which contains and matches are about", row.name),
           fmt::format("{0}=\"{1}{2}{1}\"", row.name, dots, value.text));
  }
  const bool ordered = comparison == Comparison::less || comparison == Comparison::less_equal ||
                       comparison == Comparison::more || comparison == Comparison::more_equal;
  if (ordered && row.type != Type::number)
    refuse(resolving, value, fmt::format("{} is not a number", row.name), {}, {"=", "!="});
  if (value.kind == Value::Kind::list) return from_list(resolving, attribute, comparison, value);
  if (row.type == Type::number) {
    const auto range = range_in(value);
    return from_numbers(resolving, row, comparison, range ? *range : value);
  }
  if (row.type == Type::flag) return from_flag(resolving, row, value);
  if (value.kind == Value::Kind::range) refuse(resolving, value, fmt::format("{} is not a number", row.name));
  Value text = value;
  // Nobody types these, but they come with what is copied.
  if (comparison != Comparison::same && comparison != Comparison::not_same) erase_unseen(text.text);
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
