// The passes from a tree to a plan, shared by the files of their parts.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "query/plan/plan.h"

namespace kalima::query {

// They are matched one in another.
inline constexpr std::size_t max_edges = 64;

// Of repeat(): how many words any run has, unless it says so; and hits of a query at most.
inline constexpr std::int32_t shortest_run = 3, longest_hit = 100'000;
// Of similar(), in percent, unless it says so.
inline constexpr std::int32_t min_similarity = 80;

// The queries that a query names: each is planned once.
struct NamedPlans {
  std::vector<std::string> open;  // those that are being planned, each named by the one before
  std::map<std::string, std::shared_ptr<const Plan>> made;
};
// How many may name one another in a row.
inline constexpr std::size_t max_open_names = 32;

class Planner {
 public:
  Planner(std::string_view text, const Lexicon& lexicon, const Options& options,
          const std::function<bool()>& stopped, NamedPlans& named);

  Plan plan(const Query& query);

 private:
  enum class Where : std::uint8_t { bracket, constraint };

  // planner.cc
  void collect_labels(const Node& node);
  void collect_label(const std::string& label);
  void collect_labels_of_either(const Either& either);
  void note_what_surprises();
  PlanNode node(const Node& node);
  std::vector<PlanNode> nodes(const std::vector<Node>& parts);
  PlanNode tag(const Tag& tag, Place place);
  PlanNode inside(const Inside& inside);
  PlanNode meet(const Meet& meet, Place place);
  RegionChoice region(const std::string& name, Place place);
  void require(attributes::Source source, Place place, std::string_view what) const;
  PlanNode unwrapped(const Node& node);

  // plan_names.cc
  PlanNode named(const std::string& name, Place place);
  std::shared_ptr<const Plan> plan_of(const std::string& name, Place place);

  // plan_calls.cc
  PlanNode call(const SpanCall& call, Place place);
  PlanNode cover(const Node& of, std::string_view mode, Place place);
  PlanNode relation_call(const SpanCall& call, Place place);
  PlanNode phrase(const SpanCall& call, Place place);
  // plan_repeats.cc
  PlanNode repeat(const SpanCall& call, Place place);
  PlanNode similar(const SpanCall& call, Place place);
  PlanNode alike(const SpanCall& call, Place place, PlanNode::Kind kind);
  PlanNode whole_verses();
  PlanNode verse_named(const Value& name);
  bool set_attribute(const SpanCall::Option& option, PlanNode& out);
  void set_words(const SpanCall::Option& option, PlanNode& out) const;
  void set_differences(const SpanCall::Option& option, PlanNode& out) const;
  [[noreturn]] void refuse_option(const SpanCall::Option& option, const SpanCall& call,
                                  const std::vector<std::string_view>& known) const;
  std::string_view text_argument(const SpanCall& call, std::size_t number, std::string_view otherwise) const;

  // plan_trees.cc
  PlanNode tree(const Tree& tree, Place place);
  PlanNode tree_node(const Node& node);
  PlanNode element(const Node& node);
  ValueIds relations(const std::string& type, Place place);

  // plan_tests.cc
  Condition condition(const Test& test, bool negated, Where where);
  void require_quotes(const Test& test, const Operand& right) const;
  Condition compared(const Test& test, bool negated, Where where);
  Condition edge(const FunctionCall& call, bool negated, Place place);
  Condition alone(const Test& test, bool negated, Where where);
  Condition with_value(const Term& term, const Test& test, const Operand& left, const Value& value,
                       bool negated);
  Condition with_number(const Term& left, const Term& right, Comparison comparison, bool negated,
                        Place place);

  // plan_terms.cc
  Term term(const Operand& operand, Where where);
  Term function(const FunctionCall& call, Place place, Where where);
  attributes::Attribute attribute(const std::string& name, Place place,
                                  std::vector<std::string> expected = {});
  Slot slot_of(const std::string& label, Place place) const;
  std::optional<Slot> find_slot(std::string_view label) const;

  [[noreturn]] void refuse(Place place, std::string message, std::string hint = {},
                           std::vector<std::string> expected = {}) const;

  std::string_view text_;
  const Lexicon& lexicon_;
  Plan plan_;
  NamedPlans& named_plans_;
  Resolving resolving_;
  std::map<const Node*, Slot> left_;     // elements that edges leave
  std::map<const Edge*, Slot> covered_;  // edges whose other end is captured for rspan()
  std::deque<Node> made_;                // trees that calls mean
  std::size_t edges_ = 0;
  std::vector<std::string> named_;  // labels that other parts have already, of which not only one matches
  bool asks_for_hidden_ = false;
  bool asks_for_person_ = false;  // or gender or number, which subjects may have from their verb
};

}  // namespace kalima::query
