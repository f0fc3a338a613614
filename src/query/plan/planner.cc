#include "query/plan/planner.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "query/syntax/lexer.h"

namespace kalima::query {
namespace {

using attributes::Region;
using attributes::Source;

template <typename... Of>
struct Each : Of... {
  using Of::operator()...;
};
template <typename... Of>
Each(Of...) -> Each<Of...>;

// What is looked up by name, again and again, must be few.
constexpr std::size_t max_labels = 1'000;

PlanNode with_parts(PlanNode::Kind kind, std::vector<PlanNode> parts) {
  PlanNode out;
  out.kind = kind;
  out.parts = std::move(parts);
  return out;
}

}  // namespace

Plan plan(const Query& query, std::string_view text, const Lexicon& lexicon, const Options& options,
          const std::function<bool()>& stopped) {
  NamedPlans named;
  return Planner(text, lexicon, options, stopped, named).plan(query);
}

const PlanNode* tag_alone(const PlanNode& root) {
  if (root.kind == PlanNode::Kind::capture || root.kind == PlanNode::Kind::inside)
    return tag_alone(root.parts.front());
  if (root.kind == PlanNode::Kind::named) return tag_alone(root.query->root);
  return root.kind == PlanNode::Kind::tag && root.part != Tag::Part::whole ? &root : nullptr;
}

Planner::Planner(std::string_view text, const Lexicon& lexicon, const Options& options,
                 const std::function<bool()>& stopped, NamedPlans& named)
    : text_(text), lexicon_(lexicon), named_plans_(named), resolving_{lexicon,    options,     text,
                                                                      stopped,    plan_.steps, plan_.notes,
                                                                      plan_.names} {}

Plan Planner::plan(const Query& query) {
  plan_.notes = query.notes;
  for (const auto& [name, value] : query.settings)
    plan_.notes.push_back(fmt::format("the setting @{}={} has no effect", name, value));
  // What is asked beside the query is not meant for those that it names.
  plan_.reading = query.reading.value_or(Reading::all);
  if (named_plans_.open.empty()) plan_.reading = resolving_.options.reading.value_or(plan_.reading);
  if (query.reading && *query.reading != plan_.reading)
    plan_.notes.emplace_back("the reading that was asked for beside the query counts, not the one in it");
  collect_labels(query.body);
  plan_.root = node(query.body);
  note_what_surprises();
  return std::move(plan_);
}

void Planner::refuse(Place place, std::string message, std::string hint,
                     std::vector<std::string> expected) const {
  throw QueryError(text_, {place, std::move(message), std::move(expected), std::move(hint)});
}

void Planner::note_what_surprises() {
  if (edges_ > 0 && asks_for_person_)
    plan_.notes.emplace_back(
        "derived: a subject that is not spoken has the person, gender and number of its verb");
  if (edges_ == 0 && asks_for_hidden_)
    plan_.notes.emplace_back(
        "what is not spoken has no place in the text: ask for it at an edge, {hidden=\"yes\"} <-- _");
}

void Planner::collect_label(const std::string& label) {
  if (label.empty()) return;
  if (!find_slot(label)) {
    if (plan_.labels.size() == max_labels) {
      throw QueryError(text_, {{}, fmt::format("the query has more than {} labels", max_labels), {}, {}},
                       ErrorCode::too_large);
    }
    plan_.labels.push_back(label);
  }
  if (std::ranges::find(named_, label) == named_.end()) {
    named_.push_back(label);
  } else {
    std::string note = fmt::format("'{}' names two parts; the later one counts", label);
    if (std::ranges::find(plan_.notes, note) == plan_.notes.end()) plan_.notes.push_back(std::move(note));
  }
}

// Only one of them matches.
void Planner::collect_labels_of_either(const Either& either) {
  const std::vector<std::string> before = named_;
  std::vector<std::string> all = before;
  for (const Node& part : either.parts) {
    named_ = before;
    collect_labels(part);
    for (const std::string& label : named_) {
      if (std::ranges::find(all, label) == all.end()) all.push_back(label);
    }
  }
  named_ = std::move(all);
}

void Planner::collect_labels(const Node& node) {
  const auto add = [this](const std::string& label) { collect_label(label); };
  const auto all = [this](const std::vector<Node>& parts) {
    for (const Node& part : parts) collect_labels(part);
  };
  std::visit(Each{[&](const Capture& capture) {
                    add(capture.label);
                    collect_labels(*capture.of);
                  },
                  [&](const Sequence& some) { all(some.parts); }, [&](const Both& some) { all(some.parts); },
                  [&](const Either& some) { collect_labels_of_either(some); },
                  [&](const Repeat& repeat) { collect_labels(*repeat.of); },
                  [&](const Look& look) { collect_labels(*look.of); },
                  [&](const Target& target) { collect_labels(*target.of); },
                  [&](const Not& negated) { collect_labels(*negated.of); },
                  [&](const Filter& filter) {
                    collect_labels(*filter.of);
                    collect_labels(*filter.by);
                  },
                  [&](const Meet& meet) {
                    collect_labels(*meet.first);
                    collect_labels(*meet.second);
                  },
                  [&](const Union& both) {
                    collect_labels(*both.first);
                    collect_labels(*both.second);
                  },
                  [&](const Inside& inside) { collect_labels(*inside.of); },
                  [&](const SpanCall& call) {
                    for (const auto& argument : call.arguments) {
                      if (const auto* of = std::get_if<Box<Node>>(&argument)) collect_labels(**of);
                    }
                    for (const SpanCall::Option& option : call.options) add(option.label);
                  },
                  [&](const Constrained& constrained) { collect_labels(*constrained.of); },
                  [&](const Tree& tree) {
                    if (tree.of) collect_labels(**tree.of);
                    for (const Edge& edge : tree.edges) {
                      add(edge.label);
                      const std::vector<std::string> before = named_;
                      collect_labels(**edge.to);
                      // What a negated edge leads to names nothing outside.
                      if (edge.negated) named_ = before;
                    }
                  },
                  [&](const auto&) {}},
             node.what);
}

std::vector<PlanNode> Planner::nodes(const std::vector<Node>& parts) {
  std::vector<PlanNode> out;
  for (const Node& part : parts) out.push_back(node(part));
  return out;
}

PlanNode Planner::node(const Node& node) {
  const auto left = left_.find(&node);
  if (left == left_.end()) return unwrapped(node);
  std::vector<PlanNode> parts;
  parts.push_back(unwrapped(node));
  PlanNode out = with_parts(PlanNode::Kind::capture, std::move(parts));
  out.slot = left->second;
  return out;
}

PlanNode Planner::unwrapped(const Node& node) {
  using Kind = PlanNode::Kind;
  const Place place = node.place;
  const auto of = [this](Kind kind, const Node& part) {
    std::vector<PlanNode> parts;
    parts.push_back(this->node(part));
    return with_parts(kind, std::move(parts));
  };
  const auto of_two = [this](Kind kind, const Node& first, const Node& second) {
    std::vector<PlanNode> parts;
    parts.push_back(this->node(first));
    parts.push_back(this->node(second));
    return with_parts(kind, std::move(parts));
  };
  const auto of_test = [this](Kind kind, const Test& test) {
    PlanNode out = with_parts(kind, {});
    out.condition = condition(test, false, Where::bracket);
    return out;
  };
  return std::visit(Each{[&](const WordTest& word) { return of_test(Kind::word, word.test); },
                         [&](const SegmentTest& segment) {
                           plan_.words_only = false;
                           return of_test(Kind::segment, segment.test);
                         },
                         [&](const Here& here) { return of_test(Kind::here, here.test); },
                         [&](const AnyNode&) -> PlanNode {
                           refuse(place, "'_' is possible at an end of an edge only",
                                  "any word is [], any number of words []*");
                         },
                         [&](const NamedQuery& query) { return named(query.name, place); },
                         [&](const Tag& tag) { return this->tag(tag, place); },
                         [&](const Look& look) {
                           PlanNode out = of(Kind::look, *look.of);
                           out.ahead = look.ahead;
                           out.negative = look.negated;
                           return out;
                         },
                         [&](const Meet& meet) { return this->meet(meet, place); },
                         [&](const Union& both) { return of_two(Kind::unite, *both.first, *both.second); },
                         [&](const SpanCall& call) { return this->call(call, place); },
                         [&](const Sequence& some) { return with_parts(Kind::sequence, nodes(some.parts)); },
                         [&](const Both& some) { return with_parts(Kind::both, nodes(some.parts)); },
                         [&](const Either& some) { return with_parts(Kind::either, nodes(some.parts)); },
                         [&](const Repeat& repeat) {
                           PlanNode out = of(Kind::repeat, *repeat.of);
                           out.count = repeat.count;
                           return out;
                         },
                         [&](const Capture& capture) {
                           PlanNode out = of(Kind::capture, *capture.of);
                           out.slot = *find_slot(capture.label);
                           return out;
                         },
                         [&](const Target& target) { return this->node(*target.of); },
                         [&](const Not& negated) { return of(Kind::negated, *negated.of); },
                         [&](const Filter& filter) {
                           PlanNode out = of_two(Kind::filter, *filter.of, *filter.by);
                           out.filter = filter.kind;
                           out.negative = filter.negated;
                           return out;
                         },
                         [&](const Inside& inside) { return this->inside(inside); },
                         [&](const Constrained& constrained) {
                           PlanNode out = of(Kind::constrained, *constrained.of);
                           out.condition = condition(constrained.test, false, Where::constraint);
                           return out;
                         },
                         [&](const Tree& tree) { return this->tree(tree, place); }},
                    node.what);
}

PlanNode Planner::tag(const Tag& tag, Place place) {
  PlanNode out = with_parts(PlanNode::Kind::tag, {});
  out.part = tag.part;
  if (tag.pattern) {
    Value value;
    value.text = tag.region;
    value.place = place;
    Regex regex = [&] {
      try {
        return Regex(tag.region, true);
      } catch (const std::invalid_argument& e) {
        refuse(place, fmt::format("the expression is wrong: {}", e.what()));
      }
    }();
    for (std::size_t i = 0; i < attributes::regions.size(); ++i) {
      if (regex.matches(attributes::regions[i].name)) out.regions.push_back({static_cast<Region>(i), {}});
    }
    if (std::ranges::any_of(out.regions,
                            [](const RegionChoice& one) { return has_segment_borders(one.region); }))
      plan_.words_only = false;
    if (out.regions.empty()) region(tag.region, place);
  } else {
    out.regions.push_back(region(tag.region, place));
  }
  for (const Tag::Attribute& one : tag.attributes) {
    for (RegionChoice& choice : out.regions) {
      const auto found = attributes::find(choice.region, one.name);
      if (!found) {
        std::vector<std::string_view> names;
        std::vector<std::string> expected;
        for (const attributes::Definition& row : attributes::table) {
          if (row.level != attributes::Level::region || row.region != choice.region) continue;
          names.push_back(row.name.substr(row.name.find('_') + 1));
          expected.emplace_back(names.back());
        }
        refuse(one.place, fmt::format("{} has no attribute '{}'", tag.region, one.name),
               did_you_mean(nearest(one.name, names)), std::move(expected));
      }
      const bool negated = one.comparison == Comparison::not_equal ||
                           one.comparison == Comparison::not_same || one.comparison == Comparison::lacks ||
                           one.comparison == Comparison::not_matches;
      choice.attributes.push_back(on(*found, Condition::Kind::values, negated,
                                     resolve(resolving_, *found, one.comparison, one.value)));
    }
  }
  return out;
}

PlanNode Planner::inside(const Inside& inside) {
  std::vector<PlanNode> parts;
  parts.push_back(node(*inside.of));
  PlanNode out = with_parts(PlanNode::Kind::inside, std::move(parts));
  out.high = static_cast<std::int32_t>(inside.count);
  if (!inside.region.empty()) out.regions.push_back(region(inside.region, inside.place));
  return out;
}

PlanNode Planner::meet(const Meet& meet, Place place) {
  std::vector<PlanNode> parts;
  parts.push_back(node(*meet.first));
  parts.push_back(node(*meet.second));
  PlanNode out = with_parts(PlanNode::Kind::meet, std::move(parts));
  out.negative = meet.negated;
  out.low = meet.low;
  out.high = meet.high;
  if (!meet.region.empty()) out.regions.push_back(region(meet.region, place));
  if (meet.region.empty() && meet.low > meet.high) refuse(place, "the smaller distance comes first");
  return out;
}

RegionChoice Planner::region(const std::string& name, Place place) {
  const auto found = attributes::find_region(name);
  if (!found) {
    std::vector<std::string_view> names;
    std::vector<std::string> expected;
    for (const attributes::Value& one : attributes::regions) {
      names.push_back(one.name);
      expected.emplace_back(one.name);
    }
    refuse(place, fmt::format("the region '{}' is unknown", name), did_you_mean(nearest(name, names)),
           std::move(expected));
  }
  if (has_segment_borders(*found)) {
    require(Source::treebank, place, name);
    plan_.words_only = false;
  }
  return {*found, {}};
}

void Planner::require(Source source, Place place, std::string_view what) const {
  const columns::CoreFile& core = lexicon_.core();
  if (source == Source::treebank && core.trees().size() == 0)
    refuse(place, fmt::format("'{}' needs a treebank, which this corpus lacks", what), "import one");
  if (source == Source::masaq &&
      std::ranges::all_of(attributes::table, [&](const attributes::Definition& row) {
        return row.source != Source::masaq || core.values(row.attribute) == 0;
      }))
    refuse(place, fmt::format("'{}' needs MASAQ, which this corpus lacks", what), "import it");
  if (source == Source::morphology && core.segments() == 0)
    refuse(place, fmt::format("'{}' needs a morphology, which this corpus lacks", what), "import one");
}

}  // namespace kalima::query
