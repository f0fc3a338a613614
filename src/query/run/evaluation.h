// The evaluation of one plan: what all operators share.
//
// Threads: one object is used by one.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
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

// Where spans may not go on: places (from 0 to the size) that only begin one.
struct Fence {
  Bits border;
  // Where spans may begin; all places if it is empty.
  Bits inside;
  // The first places of words that a border divides: they lie on neither side. Empty for none.
  Bits divided;
  void take_divided_from(Bits& words) const {
    if (divided.size() != 0) words.minus(divided);
  }
  // Of each narrowing the number of the region that holds a place, 0 for none.
  std::vector<std::shared_ptr<const std::vector<std::uint32_t>>> regions;
  // Whether a span, which is not empty, lies in one of each.
  bool holds(std::uint32_t begin, std::uint32_t end) const {
    return std::ranges::all_of(regions, [&](const auto& numbers) {
      return (*numbers)[begin] != 0 && (*numbers)[begin] == (*numbers)[end - 1];
    });
  }
};

// What the queries found that a query names, without captures.
using NamedSpans = std::map<const Plan*, Spans>;

class Reach;

class Evaluation {
 public:
  Evaluation(const Plan& plan, const Corpus& corpus, const Lexicon& lexicon, Guard& guard);

  // The hits of the query, by its reading; what was found so far when the guard stops.
  Spans hits();

  // The spans of a part. Throws Cut when the guard stops and `partial` is false.
  Spans spans(const PlanNode& node, const Fence& fence, bool partial = false);

  const Plan& plan() const { return plan_; }
  const Axis& axis() const { return axis_; }
  const Corpus& corpus() const { return corpus_; }
  const Lexicon& lexicon() const { return lexicon_; }
  Shapes& shapes() { return shapes_; }
  EqualPlaces& equal_places() { return equal_places_; }
  Guard& guard() { return guard_; }
  // Surahs, which no span leaves.
  const Fence& surahs() const { return surahs_; }
  // Spans that must also lie in one of the regions, which are disjoint.
  Fence narrowed(const Fence& fence, const RegionPlaces& regions) const;

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

  const Plan& plan_;
  const Corpus& corpus_;
  const Lexicon& lexicon_;
  Guard& guard_;
  Axis axis_;
  std::shared_ptr<NamedSpans> named_;
  Shapes shapes_;
  EqualPlaces equal_places_;
  Fence surahs_;
};

// Whether an automaton reads it; other parts are evaluated on their own.
bool is_regular(const PlanNode& node);
// Whether an automaton reads spans of any length, of the part or of what it constrains.
bool may_be_endless(const PlanNode& node);

}  // namespace kalima::query
