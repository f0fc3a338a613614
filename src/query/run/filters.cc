// within, containing, overlap; within a region; meet.
#include <algorithm>
#include <utility>

#include "query/run/automaton.h"

namespace kalima::query {
namespace {

using Ranges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

// For each place the smallest end among spans that begin there or later; nothing for none.
std::vector<std::uint32_t> soonest_ends(std::size_t size, const Spans& spans) {
  std::vector<std::uint32_t> out(size + 1, nothing);
  for (const Group& group : spans.groups) {
    group.starts.each([&](std::uint32_t start) { out[start] = std::min(out[start], start + group.length); });
  }
  for (std::size_t i = size; i-- > 0;) out[i] = std::min(out[i], out[i + 1]);
  return out;
}

std::vector<std::uint32_t> furthest_ends(std::size_t size, const Spans& spans) {
  std::vector<std::uint32_t> out(size + 1, 0);
  for (const Group& group : spans.groups) {
    if (group.length == 0) continue;
    group.starts.each([&](std::uint32_t start) { out[start] = std::max(out[start], start + group.length); });
  }
  for (std::size_t i = 1; i < out.size(); ++i) out[i] = std::max(out[i], out[i - 1]);
  return out;
}

// Of each place how far a span may go that begins there and lies in one of those.
Reach reach_within(std::size_t size, const Spans& spans) {
  std::vector<std::uint32_t> out = furthest_ends(size, spans);
  out.resize(size);
  for (std::uint32_t place = 0; place < size; ++place) out[place] -= std::min(out[place], place);
  return Reach(std::move(out));
}

template <typename Keep>
Spans kept(const Spans& spans, Guard& guard, Keep keep) {
  const auto of = [&](const Group& group) {
    return group.starts.where(
        [&](std::uint32_t start) { return !guard.stop() && keep(start, start + group.length); });
  };
  Spans out;
  for (const Group& group : spans.groups) out.add(group.length, group.shape, of(group));
  for (const Group& group : spans.at_ends) out.add_at_end(group.shape, of(group));
  return out;
}

}  // namespace

Spans Evaluation::filtered(const PlanNode& node, const Fence& fence, bool partial) {
  const PlanNode &of_node = node.parts[0], &by_node = node.parts[1];
  // What stays inside of disjoint regions need not leave them while it is looked for.
  if (node.filter == Filter::Kind::within && !node.negative && by_node.kind == PlanNode::Kind::tag &&
      by_node.part == Tag::Part::whole) {
    const RegionPlaces regions = places_of(axis_, by_node.regions);
    if (regions.disjoint) return spans(of_node, narrowed(fence, regions), partial);
  }
  const bool inside_others = node.filter == Filter::Kind::within && !node.negative;
  const Spans by_all = inside_others ? spans(by_node, surahs()) : Spans();
  const Spans of = inside_others && may_be_endless(of_node)
                       ? spans_within(of_node, fence, reach_within(axis_.size(), by_all), partial)
                       : spans(of_node, fence, partial);
  // What is not contained in any of them does not matter.
  const bool contained = node.filter == Filter::Kind::containing && may_be_endless(by_node);
  const Spans by_rest = inside_others ? Spans()
                        : contained   ? spans_within(by_node, surahs(), reach_within(axis_.size(), of))
                                      : spans(by_node, surahs());
  const Spans& by = inside_others ? by_all : by_rest;
  if (by.has_captures() && !node.negative) return joined(of, by, node.filter);
  const std::size_t size = axis_.size();
  const bool wanted = !node.negative;
  if (node.filter == Filter::Kind::containing) {
    const auto soonest = soonest_ends(size, by);
    return kept(of, guard_,
                [&](std::uint32_t begin, std::uint32_t end) { return (soonest[begin] <= end) == wanted; });
  }
  const auto furthest = furthest_ends(size, by);
  if (node.filter == Filter::Kind::within)
    return kept(of, guard_,
                [&](std::uint32_t begin, std::uint32_t end) { return (furthest[begin] >= end) == wanted; });
  return kept(of, guard_, [&](std::uint32_t begin, std::uint32_t end) {
    return (end > begin && furthest[end - 1] > begin) == wanted;
  });
}

// Where the other side has captures, each way to match it is a hit of its own.
Spans Evaluation::joined(const Spans& of, const Spans& by, Filter::Kind kind) {
  Spans out;
  for (const Group& one : of.groups) {
    const auto length = static_cast<std::int32_t>(one.length);
    for (const Group& other : by.groups) {
      const auto other_length = static_cast<std::int32_t>(other.length);
      // From where to where the other may begin, seen from the start of the one.
      std::int32_t first = length - other_length, last = 0;
      if (kind == Filter::Kind::containing) std::swap(first, last);
      if (kind == Filter::Kind::overlap) {
        first = 1 - other_length;
        last = length - 1;
      }
      for (std::int32_t by_places = first; by_places <= last; ++by_places) {
        if (guard_.stop()) throw Cut();
        out.add(one.length, shapes_.joined(one.shape, other.shape, by_places),
                one.starts.at(other.starts, by_places));
      }
    }
  }
  return out;
}

Spans Evaluation::inside(const PlanNode& node, const Fence& fence, bool partial) {
  const PlanNode& of = node.parts.front();
  const auto count = static_cast<std::uint32_t>(node.high);
  if (node.regions.empty()) {
    return kept(spans(of, fence, partial), guard_, [&](std::uint32_t begin, std::uint32_t end) {
      return begin == end || axis_.words_in(begin, end) <= count;
    });
  }
  const RegionPlaces regions = places_of(axis_, node.regions);
  if (regions.disjoint && count == 1) return spans(of, narrowed(fence, regions), partial);
  Ranges ranges = regions.ranges;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const std::size_t last = std::min(i + count, ranges.size());
    for (std::size_t j = i; j < last && count < ranges.size(); ++j)
      ranges[i].second = std::max(ranges[i].second, regions.ranges[j].second);
  }
  const auto furthest = query::furthest_ends(axis_.size(), ranges);
  return kept(spans(of, fence, partial), guard_,
              [&](std::uint32_t begin, std::uint32_t end) { return furthest[begin] >= end; });
}

Spans Evaluation::meeting(const PlanNode& node, const Fence& fence) {
  const Spans first = spans(node.parts[0], fence), second = spans(node.parts[1], surahs_);
  // By word, or, as a region may begin and end within one, by place.
  const bool by_place = !node.regions.empty();
  const auto item_at = [&](std::uint32_t start) { return by_place ? start : axis_.word_at(start); };
  const std::size_t items = by_place ? axis_.size() : corpus_.words();
  Bits found(items);
  for (const Group& group : second.groups) {
    if (group.length > 0) group.starts.each([&](std::uint32_t start) { found.set(item_at(start)); });
  }
  const auto any_in = [&found](std::int64_t begin, std::int64_t end) {
    for (std::int64_t at = begin; at < end; at += 64) {
      std::uint64_t here = found.from(static_cast<std::size_t>(at));
      if (end - at < 64) here &= (std::uint64_t{1} << (end - at)) - 1;
      if (here != 0) return true;
    }
    return false;
  };
  Bits met(items);
  if (by_place) {
    for (const auto& [begin, end] : places_of(axis_, node.regions).ranges) {
      if (any_in(begin, end)) met.set_range(begin, end);
    }
  } else {
    // Never over surahs.
    for (const auto& [first_place, last_place] : places_of(axis_, {{attributes::Region::surah, {}}}).ranges) {
      const std::int64_t surah_begin = axis_.word_at(first_place),
                         surah_end = std::int64_t{axis_.word_at(last_place - 1)} + 1;
      for (std::int64_t word = surah_begin; word < surah_end && !guard_.stop(); ++word) {
        const std::int64_t begin = std::max<std::int64_t>(surah_begin, word + node.low);
        const std::int64_t end = std::min<std::int64_t>(surah_end, word + node.high + 1);
        if (begin < end && any_in(begin, end)) met.set(static_cast<std::size_t>(word));
      }
    }
  }
  if (guard_.cut()) throw Cut();
  return kept(first, guard_, [&](std::uint32_t begin, std::uint32_t end) {
    return end > begin && met.test(item_at(begin)) != node.negative;
  });
}

}  // namespace kalima::query
