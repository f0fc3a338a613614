// within, containing, overlap; within a region; meet.
#include <algorithm>
#include <utility>

#include "query/run/automaton.h"
#include "query/run/ends.h"

namespace kalima::query {
namespace {

// Of each place how far a span may go that begins there and lies in one of those.
Reach reach_within(std::size_t size, const Spans& spans) {
  const FurthestEnds furthest(size, spans);
  std::vector<std::uint32_t> out(size);
  for (std::uint32_t place = 0; place < size; ++place) {
    const std::uint32_t end = furthest.at(place);
    out[place] = end - std::min(end, place);
  }
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

// Regions that contain few spans are found by these, not the other way round.
std::optional<Spans> Evaluation::tags_containing(const PlanNode& tag, const Fence& fence,
                                                 const Spans& by) const {
  const std::shared_ptr<const RegionPlaces> places = places_of(axis_, tag.regions);
  if (!places->disjoint) return std::nullopt;
  std::size_t count = 0;
  for (const Group& group : by.groups) {
    if (group.length == 0) return std::nullopt;
    count += group.starts.count();
  }
  if (count >= places->ranges.size() / 8) return std::nullopt;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
  for (const Group& group : by.groups) {
    group.starts.each([&](std::uint32_t start) {
      const auto range = places->holding(start, start + group.length);
      if (range && fence.holds(range->first, range->second))
        found.emplace_back(range->second - range->first, range->first);
    });
  }
  return spans_of(std::move(found));
}

Spans Evaluation::filtered(const PlanNode& node, const Fence& fence, bool partial) {
  const PlanNode &of_node = node.parts[0], &by_node = node.parts[1];
  // What stays inside of disjoint regions need not leave them while it is looked for.
  if (node.filter == Filter::Kind::within && !node.negative && by_node.kind == PlanNode::Kind::tag &&
      by_node.part == Tag::Part::whole) {
    if (places_of(axis_, by_node.regions)->disjoint)
      return spans(of_node, narrowed(axis_, fence, by_node.regions), partial);
  }
  // What is not contained in any of them does not matter.
  const bool contained = node.filter == Filter::Kind::containing && may_be_endless(by_node);
  Spans of = contained ? spans(of_node, fence, partial) : Spans();
  const Spans by =
      contained ? spans_within(by_node, surahs(), reach_within(axis_.size(), of)) : spans(by_node, surahs());
  if (!contained && node.filter == Filter::Kind::containing && !node.negative && !by.has_captures() &&
      of_node.kind == PlanNode::Kind::tag && of_node.part == Tag::Part::whole) {
    if (auto found = tags_containing(of_node, fence, by)) return std::move(*found);
  }
  if (!contained) {
    const bool inside_others = node.filter == Filter::Kind::within && !node.negative;
    of = inside_others && may_be_endless(of_node)
             ? spans_within(of_node, fence, reach_within(axis_.size(), by), partial)
             : spans(of_node, fence, partial);
  }
  if (by.has_captures() && !node.negative) return joined(of, by, node.filter);
  const std::size_t size = axis_.size();
  const bool wanted = !node.negative;
  if (node.filter == Filter::Kind::containing) {
    const SoonestEnds soonest(size, by);
    return kept(of, guard_,
                [&](std::uint32_t begin, std::uint32_t end) { return (soonest.at(begin) <= end) == wanted; });
  }
  const FurthestEnds furthest(size, by);
  if (node.filter == Filter::Kind::within)
    return kept(of, guard_, [&](std::uint32_t begin, std::uint32_t end) {
      return (furthest.at(begin) >= end) == wanted;
    });
  return kept(of, guard_, [&](std::uint32_t begin, std::uint32_t end) {
    return (end > begin && furthest.at(end - 1) > begin) == wanted;
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
  const std::shared_ptr<const RegionPlaces> regions = places_of(axis_, node.regions);
  if (regions->disjoint && count == 1) return spans(of, narrowed(axis_, fence, node.regions), partial);
  EndsByStart ranges = regions->ranges;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const std::size_t last = std::min(i + count, ranges.size());
    for (std::size_t j = i; j < last && count < ranges.size(); ++j)
      ranges[i].second = std::max(ranges[i].second, regions->ranges[j].second);
  }
  const FurthestEnds furthest(std::move(ranges));
  return kept(spans(of, fence, partial), guard_,
              [&](std::uint32_t begin, std::uint32_t end) { return furthest.at(begin) >= end; });
}

Spans Evaluation::meeting(const PlanNode& node, const Fence& fence) {
  const Spans first = spans(node.parts[0], fence), second = spans(node.parts[1], surahs());
  // By word, or, as a region may begin and end within one, by place.
  const bool by_place = !node.regions.empty();
  const auto item_at = [&](std::uint32_t start) { return by_place ? start : axis_.word_at(start); };
  const std::size_t items = by_place ? axis_.size() : corpus_.words();
  Bits found(items);
  for (const Group& group : second.groups) {
    if (group.length > 0) group.starts.each([&](std::uint32_t start) { found.set(item_at(start)); });
  }
  Bits met(items);
  if (by_place) {
    for (const auto& [begin, end] : places_of(axis_, node.regions)->ranges) {
      if (guard_.stop()) break;
      if (found.next(begin) < end) met.set_range(begin, end);
    }
  } else {
    // Never over surahs.
    const std::shared_ptr<const RegionPlaces> surahs = axis_.places(attributes::Region::surah);
    auto surah = surahs->ranges.begin();
    found.each([&](std::size_t word) {
      if (guard_.stop()) return;
      while (surah != surahs->ranges.end() && axis_.word_at(surah->second - 1) < word) ++surah;
      if (surah == surahs->ranges.end()) return;
      // The words that have this one as far on as is asked for.
      const std::int64_t here = static_cast<std::int64_t>(word), first_word = axis_.word_at(surah->first),
                         end_word = std::int64_t{axis_.word_at(surah->second - 1)} + 1;
      const std::int64_t begin = std::max(first_word, here - node.high),
                         end = std::min(end_word, here - node.low + 1);
      if (begin < end) met.set_range(static_cast<std::size_t>(begin), static_cast<std::size_t>(end));
    });
  }
  if (guard_.cut()) throw Cut();
  return kept(first, guard_, [&](std::uint32_t begin, std::uint32_t end) {
    return end > begin && met.test(item_at(begin)) != node.negative;
  });
}

}  // namespace kalima::query
