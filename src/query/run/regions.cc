#include "query/run/regions.h"

#include <algorithm>

namespace kalima::query {
namespace {

bool chosen(const Corpus& corpus, const RegionChoice& choice, std::uint32_t number) {
  return std::ranges::all_of(choice.attributes, [&](const Condition& condition) {
    const std::uint32_t value = corpus.core().value(condition.left.attribute, number);
    return (value != 0 && std::ranges::binary_search(condition.values, value)) != condition.negated;
  });
}

}  // namespace

bool RegionPlaces::has(std::uint32_t begin, std::uint32_t end) const {
  auto at = std::ranges::lower_bound(ranges, begin, {}, [](const auto& range) { return range.first; });
  for (; at != ranges.end() && at->first == begin; ++at) {
    if (at->second == end) return true;
  }
  return false;
}

RegionPlaces places_of(const Axis& axis, const std::vector<RegionChoice>& choices) {
  RegionPlaces out;
  const Corpus& corpus = axis.corpus();
  for (const RegionChoice& choice : choices) {
    const RegionSpans& spans = corpus.regions(choice.region);
    for (std::size_t i = 0; i < spans.begin.size(); ++i) {
      if (spans.begin[i] == spans.end[i] || !chosen(corpus, choice, spans.number[i])) continue;
      out.ranges.emplace_back(axis.place_of(spans.begin[i]), axis.place_of(spans.end[i]));
    }
  }
  const auto outer_first = [](const auto& a, const auto& b) {
    return std::pair(a.first, b.second) < std::pair(b.first, a.second);
  };
  if (choices.size() > 1) std::ranges::sort(out.ranges, outer_first);
  for (std::size_t i = 1; i < out.ranges.size(); ++i)
    out.disjoint = out.disjoint && out.ranges[i - 1].second <= out.ranges[i].first;
  return out;
}

Bits begins(const Axis& axis, const RegionPlaces& regions) {
  Bits out(axis.size() + 1);
  for (const auto& range : regions.ranges) out.set(range.first);
  return out;
}

Bits ends(const Axis& axis, const RegionPlaces& regions) {
  Bits out(axis.size() + 1);
  for (const auto& range : regions.ranges) out.set(range.second);
  return out;
}

std::vector<std::uint32_t> furthest_ends(std::size_t size,
                                         const std::vector<std::pair<std::uint32_t, std::uint32_t>>& ranges) {
  std::vector<std::uint32_t> out(size + 1, 0);
  for (const auto& range : ranges) out[range.first] = std::max(out[range.first], range.second);
  for (std::size_t i = 1; i < out.size(); ++i) out[i] = std::max(out[i], out[i - 1]);
  return out;
}

std::vector<std::uint32_t> numbers_of(std::size_t size, const RegionPlaces& regions) {
  std::vector<std::uint32_t> out(size, 0);
  for (std::size_t i = 0; i < regions.ranges.size(); ++i) {
    for (std::uint32_t place = regions.ranges[i].first; place < regions.ranges[i].second; ++place)
      out[place] = static_cast<std::uint32_t>(i + 1);
  }
  return out;
}

}  // namespace kalima::query
