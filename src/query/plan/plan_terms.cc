// Names and functions in conditions: attributes, captures and what is measured of them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "query/plan/planner.h"
#include "query/syntax/lexer.h"

namespace kalima::query {
namespace {

using attributes::Attribute;
using attributes::Definition;

struct Function {
  std::string_view name;
  Term::Of of;
  std::size_t min, max;
  bool of_attribute;
};
constexpr auto functions = std::to_array<Function>({
    {"start", Term::Of::start, 1, 1, false},
    {"lbound", Term::Of::start, 1, 1, false},
    {"end", Term::Of::end, 1, 1, false},
    {"rbound", Term::Of::end, 1, 1, false},
    {"length", Term::Of::length, 1, 1, false},
    {"distance", Term::Of::distance, 2, 3, false},
    {"dist", Term::Of::distance, 2, 3, false},
    {"distabs", Term::Of::distabs, 2, 3, false},
    {"order", Term::Of::order, 1, 1, false},
    {"depth", Term::Of::depth, 1, 1, false},
    {"children", Term::Of::children, 1, 1, false},
    {"size", Term::Of::size, 1, 1, false},
    {"f", Term::Of::frequency, 1, 1, true},
    {"strlen", Term::Of::letters, 1, 1, true},
});

}  // namespace

std::optional<Slot> Planner::find_slot(std::string_view label) const {
  const auto found =
      std::ranges::find_if(plan_.labels, [&](const std::string& one) { return same_name(one, label); });
  if (found == plan_.labels.end()) return std::nullopt;
  return static_cast<Slot>(found - plan_.labels.begin());
}

Slot Planner::slot_of(const std::string& label, Place place) const {
  if (const auto slot = find_slot(label)) return *slot;
  const std::vector<std::string_view> names(plan_.labels.begin(), plan_.labels.end());
  refuse(place, fmt::format("nothing is labelled '{}'", label), did_you_mean(nearest(label, names)),
         {plan_.labels.begin(), plan_.labels.end()});
}

Attribute Planner::attribute(const std::string& name, Place place, std::vector<std::string> expected) {
  const auto found = attributes::find(name);
  if (!found) {
    std::vector<std::string_view> names;
    for (const Definition& row : attributes::table) {
      names.push_back(row.name);
      for (std::string_view rest = row.aliases; !rest.empty();) {
        const std::size_t space = rest.find(' ');
        names.push_back(rest.substr(0, space));
        rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
      }
    }
    refuse(place, fmt::format("the attribute '{}' is unknown", name), did_you_mean(nearest(name, names)),
           std::move(expected));
  }
  require(attributes::definition(*found).source, place, name);
  if (*found == Attribute::person || *found == Attribute::gender || *found == Attribute::number)
    asks_for_person_ = true;
  if (*found == Attribute::hidden) asks_for_hidden_ = true;
  return *found;
}

Term Planner::term(const Operand& operand, Where where) {
  Term out;
  if (const auto* value = std::get_if<Value>(&operand.what)) {
    if (value->kind != Value::Kind::number)
      refuse(operand.place, "a text is compared with a number", {}, {"a number"});
    out.number = value->low;
    return out;
  }
  if (const auto* call = std::get_if<FunctionCall>(&operand.what))
    return function(*call, operand.place, where);
  const auto& name = std::get<Name>(operand.what);
  out.of = Term::Of::attribute;
  if (!name.label.empty()) {
    out.slot = slot_of(name.label, operand.place);
  } else if (where == Where::constraint) {
    const std::string hint = plan_.labels.empty() ? "name a word first: a:[] :: a.lemma = \"...\""
                                                  : fmt::format("{}.{}", plan_.labels.front(), name.name);
    refuse(operand.place, fmt::format("'{}' has no label", name.name), hint, {"a label with a dot"});
  } else {
    out.here = true;
  }
  out.attribute = attribute(name.name, operand.place);
  return out;
}

Term Planner::function(const FunctionCall& call, Place place, Where where) {
  const auto* known =
      std::ranges::find_if(functions, [&](const Function& one) { return same_name(one.name, call.name); });
  if (known == functions.end()) {
    std::vector<std::string_view> names;
    for (const Function& one : functions) names.push_back(one.name);
    refuse(place, fmt::format("the function '{}' is unknown", call.name),
           did_you_mean(nearest(call.name, names)));
  }
  if (call.arguments.size() < known->min || call.arguments.size() > known->max)
    refuse(place,
           fmt::format("{}() takes {} argument{}", known->name, known->min, known->min == 1 ? "" : "s"));
  if (known->of_attribute) {
    Term out = term(call.arguments.front(), where);
    if (out.of != Term::Of::attribute)
      refuse(place, fmt::format("{}() is of an attribute", known->name), {},
             {fmt::format("{}(a.lemma)", known->name)});
    out.of = known->of;
    return out;
  }
  Term out;
  out.of = known->of;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    if (i == 2) {
      const auto* unit = std::get_if<Value>(&call.arguments[i].what);
      if (unit == nullptr || !(same_name(unit->text, "segment") || same_name(unit->text, "word")))
        refuse(call.arguments[i].place, "the unit of the distance is unknown", {},
               {"\"word\"", "\"segment\""});
      out.in_segments = same_name(unit->text, "segment");
      if (out.in_segments) plan_.words_only = false;
      continue;
    }
    const auto* name = std::get_if<Name>(&call.arguments[i].what);
    if (name == nullptr || !name->label.empty())
      refuse(call.arguments[i].place, fmt::format("{}() is of a label", known->name), {}, {"a label"});
    (i == 0 ? out.slot : out.other) = slot_of(name->name, call.arguments[i].place);
  }
  if (out.of == Term::Of::depth || out.of == Term::Of::children || out.of == Term::Of::size ||
      out.of == Term::Of::order) {
    require(attributes::Source::treebank, place, known->name);
    plan_.words_only = false;
  }
  return out;
}

}  // namespace kalima::query
