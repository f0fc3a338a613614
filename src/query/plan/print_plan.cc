#include <fmt/format.h>

#include "query/plan/plan.h"
#include "query/syntax/printer.h"

namespace kalima::query {
namespace {

std::string of_condition(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::always:
      return "any";
    case Condition::Kind::never:
      return "none";
    case Condition::Kind::both:
    case Condition::Kind::either: {
      std::string out;
      for (const Condition& part : condition.parts) {
        if (!out.empty()) out += condition.kind == Condition::Kind::both ? " & " : " | ";
        out += of_condition(part);
      }
      return '(' + out + ')';
    }
    default:
      break;
  }
  std::string out = condition.shown;
  if (condition.kind == Condition::Kind::values)
    out += fmt::format(" ({} value{})", condition.values.size(), condition.values.size() == 1 ? "" : "s");
  return out;
}

std::string_view name_of(PlanNode::Kind kind) {
  constexpr std::string_view names[] = {
      "word",   "segment", "tag",     "look",    "here",   "meet",     "union",       "sequence", "both",
      "either", "repeat",  "capture", "negated", "filter", "inside",   "constrained", "any",      "tree",
      "top",    "element", "cover",   "phrase",  "named",  "repeated", "similar"};
  return names[static_cast<std::size_t>(kind)];
}

std::string details(const PlanNode& node, const Plan& plan) {
  using Kind = PlanNode::Kind;
  switch (node.kind) {
    case Kind::word:
    case Kind::segment:
    case Kind::here:
    case Kind::constrained:
      return ' ' + of_condition(node.condition);
    case Kind::named:
      return fmt::format(" @{} ({})", node.query->name, name_of(node.query->reading));
    case Kind::repeat:
      return node.count.max == unbounded ? fmt::format(" {} or more", node.count.min)
                                         : fmt::format(" {} to {}", node.count.min, node.count.max);
    case Kind::capture:
      return node.slot < plan.labels.size() ? ' ' + plan.labels[node.slot] : " what an edge leaves";
    case Kind::tag: {
      constexpr std::string_view parts[] = {"whole", "start", "end"};
      std::string out = fmt::format(" {}", parts[static_cast<std::size_t>(node.part)]);
      for (const RegionChoice& choice : node.regions)
        out += fmt::format(" {}", attributes::regions[static_cast<std::size_t>(choice.region)].name);
      return out;
    }
    case Kind::filter: {
      constexpr std::string_view names[] = {"within", "containing", "overlap"};
      return fmt::format(" {}{}", node.negative ? "not " : "", names[static_cast<std::size_t>(node.filter)]);
    }
    case Kind::inside:
      return node.regions.empty()
                 ? fmt::format(" {} words", node.high)
                 : fmt::format(
                       " {} {}", node.high,
                       attributes::regions[static_cast<std::size_t>(node.regions.front().region)].name);
    case Kind::repeated:
      return fmt::format(" {} to {} words by {}{}", node.low, node.high, attributes::definition(node.by).name,
                         !node.differing ? ""
                         : node.same     ? ", all the same or all but one"
                                         : ", all the same but one");
    case Kind::similar:
      return fmt::format(" at least {} % by {}", node.low, attributes::definition(node.by).name);
    case Kind::look:
      return fmt::format(" {}{}", node.negative ? "not " : "", node.ahead ? "after" : "before");
    default:
      return {};
  }
}

void add(std::string& out, const PlanNode& node, const Plan& plan, std::size_t depth) {
  out += std::string(2 * depth, ' ') + std::string(name_of(node.kind)) + details(node, plan) + '\n';
  if (node.query) add(out, node.query->root, *node.query, depth + 1);
  const std::size_t first_edge = node.parts.size() - node.edges.size();
  for (std::size_t i = 0; i < node.parts.size(); ++i) {
    if (i >= first_edge) {
      out += fmt::format("{}edge {}\n", std::string(2 * depth + 2, ' '), node.edges[i - first_edge].shown);
      add(out, node.parts[i], plan, depth + 2);
    } else {
      add(out, node.parts[i], plan, depth + 1);
    }
  }
}

}  // namespace

std::string print(const Plan& plan) {
  std::string out =
      fmt::format("axis: {}\nreading: {}\n", plan.words_only ? "words" : "segments", name_of(plan.reading));
  add(out, plan.root, plan, 0);
  return out;
}

}  // namespace kalima::query
