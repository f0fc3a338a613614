#include "query/run/evaluation.h"

#include <algorithm>
#include <utility>

#include "query/run/automaton.h"
#include "query/run/readings.h"
#include "query/run/relations.h"
#include "query/run/tests.h"

namespace kalima::query {

using Kind = PlanNode::Kind;

Evaluation::Evaluation(const Plan& plan, const Axes& axes, const Lexicon& lexicon, Guard& guard)
    : plan_(plan),
      lexicon_(lexicon),
      guard_(guard),
      axis_(plan.words_only ? axes.words : axes.segments),
      corpus_(axis_.corpus()),
      named_(std::make_shared<NamedSpans>()) {}

Evaluation::Evaluation(const Plan& plan, const Evaluation& of)
    : plan_(plan),
      lexicon_(of.lexicon_),
      guard_(of.guard_),
      axis_(of.axis_),
      corpus_(of.corpus_),
      named_(of.named_) {}

Spans Evaluation::hits() {
  try {
    Spans out = hits(true);
    for (Group& group : std::exchange(out.at_ends, {})) out.add(0, group.shape, std::move(group.starts));
    return out;
  } catch (const Cut&) {
    return {};
  }
}

// Only a tag alone has empty ones.
Spans Evaluation::hits(bool partial) {
  Spans out = spans(plan_.root, surahs(), partial);
  if (tag_alone(plan_.root) == nullptr) {
    std::erase_if(out.groups, [](const Group& group) { return group.length == 0; });
    out.at_ends.clear();
  }
  Spans ends;
  ends.at_ends = std::move(out.at_ends);
  out = reduced(std::move(out), plan_.reading, axis_.size() + 1);
  out.at_ends = std::move(ends.at_ends);
  return out;
}

namespace {

// Those that lie in the regions of the fence, of spans that were found without it.
Spans held(const Spans& all, const Fence& fence) {
  if (fence.regions.empty()) return all;
  Spans out;
  for (const Group& group : all.groups) {
    if (group.length > 0)
      out.add(group.length, group.shape, group.starts.where([&](std::uint32_t begin) {
        return fence.holds(begin, begin + group.length);
      }));
  }
  return out;
}

}  // namespace

Spans Evaluation::named(const PlanNode& node, const Fence& fence, bool partial) {
  auto known = named_->find(node.query.get());
  Spans cut;
  if (known == named_->end()) {
    Spans found = Evaluation(*node.query, *this).hits(partial);
    Spans plain;
    for (Group& group : found.groups) plain.add(group.length, 0, std::move(group.starts));
    for (Group& group : found.at_ends) plain.add_at_end(0, std::move(group.starts));
    std::ranges::sort(plain.groups, {}, &Group::length);
    // What was cut off is not all that others would find.
    if (guard_.cut()) {
      cut = std::move(plain);
    } else {
      guard_.take(static_cast<std::ptrdiff_t>(plain.bytes()));
      known = named_->emplace(node.query.get(), std::move(plain)).first;
    }
  }
  if (guard_.cut() && !partial) throw Cut();
  return held(known == named_->end() ? cut : known->second, fence);
}

Spans Evaluation::spans(const PlanNode& node, const Fence& fence, bool partial) {
  if (is_regular(node)) {
    Spans out = of_regular(node, fence);
    if (guard_.cut() && !partial) throw Cut();
    return out;
  }
  switch (node.kind) {
    case Kind::both:
      return both(node, fence);
    case Kind::negated:
      return negated(node, fence);
    case Kind::filter:
      return filtered(node, fence, partial);
    case Kind::inside:
      return inside(node, fence, partial);
    case Kind::meet:
      return meeting(node, fence);
    case Kind::unite:
      return united(node, fence);
    case Kind::constrained:
      return constrained(node, fence, partial);
    case Kind::tree:
    case Kind::top:
      return tree(node, fence, partial);
    case Kind::cover:
      return cover(node, fence, partial);
    case Kind::phrase:
      return phrases(node, fence, partial);
    case Kind::named:
      return named(node, fence, partial);
    case Kind::repeated:
      return repeated(node, fence, partial);
    case Kind::similar:
      return similar(node, fence, partial);
    default:
      return tags(node, fence);
  }
}

Spans Evaluation::of_regular(const PlanNode& node, const Fence& fence) {
  return Automaton(*this, node, fence).run();
}

Spans Evaluation::spans_within(const PlanNode& node, const Fence& fence, const Reach& reach, bool partial) {
  const bool constrained = node.kind == Kind::constrained && is_regular(node.parts.front());
  if (!constrained && !is_regular(node)) return spans(node, fence, partial);
  const auto bytes = static_cast<std::ptrdiff_t>(reach.bytes());
  guard_.take(bytes);
  Spans out = Automaton(*this, constrained ? node.parts.front() : node, fence,
                        constrained ? &node.condition : nullptr)
                  .run(&reach);
  guard_.take(-bytes);
  if (guard_.cut() && !partial) throw Cut();
  return out;
}

// A region may hold several surahs; it is whole all the same.
Spans Evaluation::tags(const PlanNode& node, const Fence& fence) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> by_length;
  const std::shared_ptr<const RegionPlaces> places = places_of(axis_, node.regions);
  for (const auto& [begin, end] : places->ranges) {
    if (fence.holds(begin, end)) by_length.emplace_back(end - begin, begin);
  }
  return spans_of(std::move(by_length));
}

Spans Evaluation::both(const PlanNode& node, const Fence& fence) {
  Spans out = spans(node.parts.front(), fence);
  for (std::size_t i = 1; i < node.parts.size(); ++i) {
    const Spans next = spans(node.parts[i], fence);
    Spans joined;
    for (const Group& one : out.groups) {
      for (const Group& other : next.groups) {
        if (other.length != one.length) continue;
        if (guard_.stop()) throw Cut();
        joined.add(one.length, shapes_.joined(one.shape, other.shape, 0), one.starts.at(other.starts, 0));
      }
    }
    for (const Group& one : out.at_ends) {
      for (const Group& other : next.at_ends)
        joined.add_at_end(shapes_.joined(one.shape, other.shape, 0), one.starts.at(other.starts, 0));
    }
    out = std::move(joined);
  }
  return out;
}

namespace {

bool of_segment(const PlanNode& node) {
  switch (node.kind) {
    case Kind::segment:
      return true;
    case Kind::capture:
    case Kind::negated:
    case Kind::constrained:
      return of_segment(node.parts.front());
    case Kind::either:
    case Kind::both:
      return std::ranges::all_of(node.parts, of_segment);
    default:
      return false;
  }
}

}  // namespace

Spans Evaluation::negated(const PlanNode& node, const Fence& fence) {
  const Spans matched = spans(node.parts.front(), surahs());
  Spans out;
  const std::uint32_t widths = of_segment(node) ? 1 : axis_.max_width();
  for (std::uint32_t width = 1; width <= widths; ++width) {
    Bits left = of_segment(node) ? Bits(axis_.size(), true) : axis_.of_width(width);
    Bits found(axis_.size());
    for (const Group& group : matched.groups) {
      if (group.length == width) group.starts.add_to(found, 0);
    }
    left.minus(found);
    if (fence.inside) left &= *fence.inside;
    if (!of_segment(node)) fence.take_divided_from(left);
    out.add(width, 0, Starts(std::move(left)));
  }
  return out;
}

Spans Evaluation::united(const PlanNode& node, const Fence& fence) {
  Spans out = spans(node.parts[0], fence), more = spans(node.parts[1], fence);
  for (Group& group : more.groups) out.add(group.length, group.shape, std::move(group.starts));
  for (Group& group : more.at_ends) out.add_at_end(group.shape, std::move(group.starts));
  return out;
}

Spans Evaluation::constrained(const PlanNode& node, const Fence& fence, bool partial) {
  const PlanNode& of = node.parts.front();
  if (is_regular(of)) {
    Spans out = Automaton(*this, of, fence, &node.condition).run();
    if (guard_.cut() && !partial) throw Cut();
    return out;
  }
  Spans out = spans(of, fence, partial);
  for (auto* list : {&out.groups, &out.without_span, &out.at_ends}) {
    for (Group& group : *list)
      group.starts = matching(*this, node.condition, group.starts, 0, group.shape, Candidate::none);
    std::erase_if(*list, [](const Group& group) { return group.starts.empty(); });
  }
  if (guard_.cut() && !partial) throw Cut();
  return out;
}

}  // namespace kalima::query
