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

// All regions of one kind, which the axis keeps.
bool is_whole_kind(const std::vector<RegionChoice>& choices) {
  return choices.size() == 1 && choices.front().attributes.empty();
}

}  // namespace

std::shared_ptr<const RegionPlaces> places_of(const Axis& axis, const std::vector<RegionChoice>& choices) {
  if (is_whole_kind(choices)) return axis.places(choices.front().region);
  auto out = std::make_shared<RegionPlaces>();
  const Corpus& corpus = axis.corpus();
  for (const RegionChoice& choice : choices) {
    const RegionSpans& spans = corpus.regions(choice.region);
    for (std::size_t i = 0; i < spans.begin.size(); ++i) {
      if (spans.begin[i] == spans.end[i] || !chosen(corpus, choice, spans.number[i])) continue;
      out->ranges.emplace_back(axis.place_of(spans.begin[i]), axis.place_of(spans.end[i]));
    }
  }
  const auto outer_first = [](const auto& a, const auto& b) {
    return std::pair(a.first, b.second) < std::pair(b.first, a.second);
  };
  if (choices.size() > 1) std::ranges::sort(out->ranges, outer_first);
  out->disjoint = are_disjoint(out->ranges);
  return out;
}

RegionMarks marks_of(const Axis& axis, const std::vector<RegionChoice>& choices) {
  if (is_whole_kind(choices)) return axis.marks(choices.front().region);
  return marks_of(axis.size(), places_of(axis, choices), &axis.surah_borders());
}

Fence narrowed(const Axis& axis, const Fence& fence, const std::vector<RegionChoice>& choices) {
  // Of all queries that ask for these regions and no others it is the same.
  if (is_whole_kind(choices) && fence.regions.empty()) return axis.inside_of(choices.front().region);
  return narrowed(axis, fence, marks_of(axis, choices));
}

}  // namespace kalima::query
