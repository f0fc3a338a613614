// The evaluation of one plan: what all operators share.
//
// Threads: one object is used by one.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "query/plan/options.h"
#include "query/plan/plan.h"
#include "query/run/axis.h"
#include "query/run/equal_places.h"
#include "query/run/regions.h"
#include "query/run/spans.h"

namespace kalima::query {

// Left when the guard stops inside of a part whose absence would make hits (a negation).
struct Cut {};

// What the queries found that a query names, without captures.
using NamedSpans = std::map<const Plan*, Spans>;

class Reach;

class Evaluation {
 public:
  Evaluation(const Plan& plan, const Axes& axes, const Lexicon& lexicon, Guard& guard);

  // The hits of the query, by its reading; what was found so far when the guard stops.
  Spans hits();

  // The spans of a part. Throws Cut when the guard stops and `partial` is false.
  Spans spans(const PlanNode& node, const Fence& fence, bool partial = false);

  const Plan& plan() const { return plan_; }
  const Axis& axis() const { return axis_; }
  const Corpus& corpus() const { return axis_.corpus(); }
  const Lexicon& lexicon() const { return lexicon_; }
  Shapes& shapes() { return shapes_; }
  EqualPlaces& equal_places() { return equal_places_; }
  Guard& guard() { return guard_; }
  // Surahs, which no span leaves.
  const Fence& surahs() const { return axis_.surahs(); }

 private:
  // Of a query that another one names, which counts in words or segments as that does.
  Evaluation(const Plan& plan, const Evaluation& of);

  Spans hits(bool partial);
  Spans named(const PlanNode& node, const Fence& fence, bool partial);
  Spans repeated(const PlanNode& node, const Fence& fence, bool partial);
  Spans similar(const PlanNode& node, const Fence& fence, bool partial);
  // All within the reach, and perhaps others.
  Spans spans_within(const PlanNode& node, const Fence& fence, const Reach& reach, bool partial = false);
  Spans of_regular(const PlanNode& node, const Fence& fence);
  Spans both(const PlanNode& node, const Fence& fence);
  Spans negated(const PlanNode& node, const Fence& fence);
  Spans filtered(const PlanNode& node, const Fence& fence, bool partial);
  Spans joined(const Spans& of, const Spans& by, Filter::Kind kind);
  Spans inside(const PlanNode& node, const Fence& fence, bool partial);
  Spans meeting(const PlanNode& node, const Fence& fence);
  Spans united(const PlanNode& node, const Fence& fence);
  Spans constrained(const PlanNode& node, const Fence& fence, bool partial);
  Spans tree(const PlanNode& node, const Fence& fence, bool partial);
  Spans cover(const PlanNode& node, const Fence& fence, bool partial);
  Spans phrases(const PlanNode& node, const Fence& fence, bool partial);
  Spans tags(const PlanNode& node, const Fence& fence);
  // The regions of a tag that contain a span; nullopt if that takes as long as a look at all regions.
  std::optional<Spans> tags_containing(const PlanNode& tag, const Fence& fence, const Spans& by) const;

  const Plan& plan_;
  const Lexicon& lexicon_;
  Guard& guard_;
  const Axis& axis_;
  const Corpus& corpus_;
  std::shared_ptr<NamedSpans> named_;
  Shapes shapes_;
  EqualPlaces equal_places_;
};

// Whether an automaton reads it; other parts are evaluated on their own.
bool is_regular(const PlanNode& node);
// Whether an automaton reads spans of any length, of the part or of what it constrains.
bool may_be_endless(const PlanNode& node);

}  // namespace kalima::query
