// Conditions: negations go to the leaves, names become attributes and captures, values their numbers.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "query/plan/planner.h"
#include "query/syntax/lexer.h"
#include "query/syntax/printer.h"
#include "support/utf8.h"

namespace kalima::query {
namespace {

using attributes::Attribute;
using attributes::Definition;
using attributes::Type;

bool is_negative(Comparison comparison) {
  return comparison == Comparison::not_equal || comparison == Comparison::not_same ||
         comparison == Comparison::lacks || comparison == Comparison::not_matches;
}
Comparison positive(Comparison comparison) {
  switch (comparison) {
    case Comparison::not_equal:
      return Comparison::equal;
    case Comparison::not_same:
      return Comparison::same;
    case Comparison::lacks:
      return Comparison::contains;
    case Comparison::not_matches:
      return Comparison::matches;
    default:
      return comparison;
  }
}
// a < b as b > a.
Comparison turned(Comparison comparison) {
  switch (comparison) {
    case Comparison::less:
      return Comparison::more;
    case Comparison::less_equal:
      return Comparison::more_equal;
    case Comparison::more:
      return Comparison::less;
    case Comparison::more_equal:
      return Comparison::less_equal;
    default:
      return comparison;
  }
}

bool is_ordered(Comparison comparison) {
  return comparison == Comparison::less || comparison == Comparison::less_equal ||
         comparison == Comparison::more || comparison == Comparison::more_equal;
}

std::int64_t measure(const columns::CoreFile& core, const Term& term, std::uint32_t id) {
  if (term.of == Term::Of::frequency) return core.counts(term.attribute, id).items;
  return static_cast<std::int64_t>(utf8::to_code_points(core.text(term.attribute, id)).size());
}

}  // namespace

Condition on(Attribute attribute, Condition::Kind kind, bool negated, ValueIds values) {
  Condition out;
  out.kind = kind;
  out.negated = negated;
  out.values = std::move(values);
  out.left.of = Term::Of::attribute;
  out.left.attribute = attribute;
  out.left.here = true;
  return out;
}

bool needs_captures(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::related:
    case Condition::Kind::captured:
    case Condition::Kind::edge:
      return true;
    case Condition::Kind::values:
    case Condition::Kind::present:
      return !condition.left.here;
    default:
      return std::ranges::any_of(condition.parts, needs_captures);
  }
}

bool is_segment_level(Attribute attribute) {
  const attributes::Definition& row = attributes::definition(attribute);
  return row.level == attributes::Level::segment || row.level == attributes::Level::node ||
         (row.level == attributes::Level::region && has_segment_borders(row.region));
}

Condition without_captures(const Condition& condition) {
  if (!needs_captures(condition)) return condition;
  Condition out;
  if (condition.kind != Condition::Kind::both) return out;
  out.kind = Condition::Kind::both;
  for (const Condition& part : condition.parts) {
    if (!needs_captures(part)) out.parts.push_back(part);
  }
  // All segments satisfying the rest is more than one satisfying the whole.
  return has_positive_segment_test(out) ? out : Condition();
}

bool has_positive_segment_test(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::values:
    case Condition::Kind::present:
      return !condition.negated && condition.left.here && is_segment_level(condition.left.attribute);
    case Condition::Kind::related:
      return !condition.negated && ((condition.left.here && is_segment_level(condition.left.attribute)) ||
                                    (condition.right.here && is_segment_level(condition.right.attribute)));
    default:
      return std::ranges::any_of(condition.parts, has_positive_segment_test);
  }
}

Condition Planner::condition(const Test& test, bool negated, Where where) {
  Condition out;
  switch (test.kind) {
    case Test::Kind::any:
      out.kind = negated ? Condition::Kind::never : Condition::Kind::always;
      return out;
    case Test::Kind::negated:
      return condition(test.parts.front(), !negated, where);
    case Test::Kind::implies:
      out.kind = negated ? Condition::Kind::both : Condition::Kind::either;
      out.parts.push_back(condition(test.parts[0], !negated, where));
      out.parts.push_back(condition(test.parts[1], negated, where));
      return out;
    case Test::Kind::both:
    case Test::Kind::either:
      out.kind = (test.kind == Test::Kind::both) != negated ? Condition::Kind::both : Condition::Kind::either;
      for (const Test& part : test.parts) out.parts.push_back(condition(part, negated, where));
      return out;
    case Test::Kind::alone:
      out = alone(test, negated, where);
      break;
    case Test::Kind::compare:
      out = compared(test, negated, where);
      break;
  }
  out.shown = (negated ? "!" : "") + print(test);
  return out;
}

Condition Planner::alone(const Test& test, bool negated, Where where) {
  Condition out;
  out.negated = negated;
  if (const auto* call = std::get_if<FunctionCall>(&test.left->what);
      call != nullptr && same_name(call->name, "edge"))
    return edge(*call, negated, test.place);
  if (const auto* name = std::get_if<Name>(&test.left->what)) {
    if (name->label.empty() && (where == Where::constraint || find_slot(name->name))) {
      out.kind = Condition::Kind::captured;
      out.left.slot = slot_of(name->name, test.place);
      return out;
    }
    const Attribute found = attribute(name->name, test.place);
    if (name->label.empty() && attributes::definition(found).type == Type::flag) {
      return on(found, Condition::Kind::values, negated, {2});
    }
    refuse(test.place, fmt::format("'{}' is compared with nothing", print(*test.left)),
           fmt::format("that it has any value is written {}!=\"\"", print(*test.left)), {"=", "!="});
  }
  refuse(test.place, "a comparison is missing", {}, {"=", "!=", "<", ">"});
}

Condition Planner::edge(const FunctionCall& call, bool negated, Place place) {
  if (call.arguments.size() < 2 || call.arguments.size() > 3)
    refuse(place, "edge() takes two labels and a type", {}, {"edge(a, b, \"Subj\")"});
  require(attributes::Source::treebank, place, "edge");
  plan_.words_only = false;
  Condition out;
  out.kind = Condition::Kind::edge;
  out.negated = negated;
  for (std::size_t i = 0; i < 2; ++i) {
    const auto* name = std::get_if<Name>(&call.arguments[i].what);
    if (name == nullptr || !name->label.empty())
      refuse(call.arguments[i].place, "edge() is of labels", {}, {"a label"});
    (i == 0 ? out.left.slot : out.left.other) = slot_of(name->name, call.arguments[i].place);
  }
  if (call.arguments.size() == 3) {
    const auto* type = std::get_if<Value>(&call.arguments[2].what);
    if (type == nullptr) refuse(call.arguments[2].place, "the type of an edge is a text", {}, {"\"Subj\""});
    out.any_type = false;
    out.edge_types = type->kind == Value::Kind::pattern
                         ? relations(type->text, type->place)
                         : resolve(resolving_, Attribute::relation, Comparison::equal, *type);
  }
  return out;
}

// [pos=V] means [pos="V"]: many languages have values without quotes.
void Planner::require_quotes(const Test& test, const Operand& right) const {
  const auto* name = std::get_if<Name>(&right.what);
  if (name == nullptr || !name->label.empty() || attributes::find(name->name) || find_slot(name->name))
    return;
  Test meant = test;
  Value value;
  value.kind = Value::Kind::pattern;
  value.text = name->name;
  meant.right = Operand{value, right.place};
  refuse(right.place, fmt::format("'{}' is neither an attribute nor a value in quotes", name->name),
         print(meant), {"a value in quotes"});
}

Condition Planner::compared(const Test& test, bool negated, Where where) {
  const Operand *left = &*test.left, *right = &*test.right;
  Comparison comparison = test.comparison;
  // "x" = a.word as a.word = "x".
  if (std::holds_alternative<Value>(left->what)) {
    if (std::holds_alternative<Value>(right->what))
      refuse(test.place, "two values are compared with one another");
    std::swap(left, right);
    comparison = turned(comparison);
  }
  const Comparison written = comparison;
  const bool around = negated;
  if (is_negative(comparison)) {
    negated = !negated;
    comparison = positive(comparison);
  }
  const Term first = term(*left, where);
  if (const auto* value = std::get_if<Value>(&right->what);
      value != nullptr && first.of == Term::Of::attribute) {
    Test turned_test = test;
    turned_test.comparison = comparison;
    return with_value(first, turned_test, *left, *value, negated);
  }
  if (first.of == Term::Of::attribute) require_quotes(test, *right);
  const Term second = term(*right, where);
  if (first.of == Term::Of::attribute && second.of == Term::Of::attribute) {
    Condition out;
    out.kind = Condition::Kind::related;
    out.negated = negated;
    out.left = first;
    out.right = second;
    out.comparison = comparison;
    const auto is_number = [](const Term& term) {
      return attributes::definition(term.attribute).type == Type::number;
    };
    if (is_ordered(comparison) && !(is_number(first) && is_number(second)))
      refuse(test.place, "only numbers have an order", {}, {"=", "!="});
    if (comparison == Comparison::contains || comparison == Comparison::matches)
      refuse(test.place, "the right side of 'contains' and 'matches' is a value in quotes");
    return out;
  }
  return with_number(first, second, written, around, test.place);
}

Condition Planner::with_value(const Term& term, const Test& test, const Operand& left, const Value& value,
                              bool negated) {
  Condition out;
  out.negated = negated;
  out.kind = Condition::Kind::values;
  out.left = term;
  const bool textual = value.kind == Value::Kind::pattern || value.kind == Value::Kind::literal;
  if (textual && value.text.empty() && !is_ordered(test.comparison)) {
    // ="" asks for a missing value, which is the negation of having one.
    if (attributes::definition(term.attribute).type == Type::flag)
      refuse(left.place, fmt::format("{} is never missing", print(left)), {}, {"\"yes\"", "\"no\""});
    out.negated = !negated;
    out.kind = Condition::Kind::present;
    return out;
  }
  out.values = resolve(resolving_, term.attribute, test.comparison, value);
  return out;
}

// At least one side is a number that no column holds. With a missing one every comparison is false, != too, and what
// negates it true.
Condition Planner::with_number(const Term& left, const Term& right, Comparison comparison, bool negated,
                               Place place) {
  if (left.of == Term::Of::number && right.of != Term::Of::number)
    return with_number(right, left, turned(comparison), negated, place);
  for (const Term* term : {&left, &right}) {
    if (term->of == Term::Of::attribute && attributes::definition(term->attribute).type != Type::number)
      refuse(place, "a number can only be compared with a number");
  }
  if (positive(comparison) == Comparison::contains || positive(comparison) == Comparison::matches)
    refuse(place, "a number has no parts", {}, {"=", "<", ">"});
  Condition out;
  out.kind = Condition::Kind::related;
  out.negated = negated;
  out.left = left;
  out.right = right;
  out.comparison = comparison;
  const bool by_value = left.of == Term::Of::frequency || left.of == Term::Of::letters;
  if (by_value && right.of == Term::Of::number) {
    // Known for each value at once. A missing one has neither.
    out.kind = Condition::Kind::values;
    out.left.of = Term::Of::attribute;
    out.right = {};
    out.comparison = Comparison::equal;
    const columns::CoreFile& core = lexicon_.core();
    for (std::uint32_t id = 1; id <= core.values(left.attribute); ++id) {
      if (fits(comparison, measure(core, left, id), right.number)) out.values.push_back(id);
    }
  }
  return out;
}

}  // namespace kalima::query
