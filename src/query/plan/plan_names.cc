// The queries that a query names.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "query/plan/planner.h"
#include "query/syntax/parser.h"

namespace kalima::query {

PlanNode Planner::named(const std::string& name, Place place) {
  PlanNode out;
  out.kind = PlanNode::Kind::named;
  out.query = plan_of(name, place);
  const Plan& of = *out.query;
  plan_.words_only = plan_.words_only && of.words_only;
  add_name(plan_.names, '@' + name);
  for (const std::string& used : of.names) add_name(plan_.names, used);
  for (const FoundAt& step : of.steps) plan_.steps.push_back(step);
  for (const std::string& note : of.notes) {
    std::string one = fmt::format("@{}: {}", name, note);
    if (std::ranges::find(plan_.notes, one) == plan_.notes.end()) plan_.notes.push_back(std::move(one));
  }
  return out;
}

std::shared_ptr<const Plan> Planner::plan_of(const std::string& name, Place place) {
  if (const auto known = named_plans_.made.find(name); known != named_plans_.made.end()) return known->second;
  std::vector<std::string>& open = named_plans_.open;
  if (const auto begin = std::ranges::find(open, name); begin != open.end()) {
    refuse(place,
           fmt::format("@{} is defined by itself: @{}, @{}", name,
                       fmt::join(std::vector(begin, open.end()), ", @"), name),
           "change one of them");
  }
  if (open.size() == max_open_names)
    refuse(place, fmt::format("more than {} queries name one another", max_open_names));
  const Names* const names = resolving_.options.names.get();
  const auto text = names == nullptr ? std::nullopt : names->query(name);
  if (!text) {
    const std::vector<std::string> known = names == nullptr ? std::vector<std::string>() : names->all('@');
    refuse(place, fmt::format("the saved query or sub-corpus '@{}' was not found", name),
           cure_of_missing(name, known));
  }
  open.push_back(name);
  try {
    Planner planner(*text, lexicon_, resolving_.options, resolving_.stopped, named_plans_);
    Plan plan = planner.plan(parse(*text));
    plan.name = name;
    open.pop_back();
    return named_plans_.made[name] = std::make_shared<const Plan>(std::move(plan));
  } catch (const QueryError& e) {
    refuse(place, fmt::format("@{} cannot be asked: {}", name, e.what()), e.cure());
  }
}

}  // namespace kalima::query
