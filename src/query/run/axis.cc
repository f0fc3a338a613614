#include "query/run/axis.h"

#include <utility>

namespace kalima::query {

using attributes::Region;

Axis::Axis(const Corpus& corpus, bool words) : corpus_(corpus), words_(words) {
  if (words) {
    by_width_.push_back(std::make_shared<const Bits>(corpus.words(), true));
  } else {
    std::vector<Bits> by_width;
    for (std::uint32_t word = 0; word < corpus.words(); ++word) {
      const std::size_t width = corpus.first[word + 1] - corpus.first[word];
      while (by_width.size() < width) by_width.emplace_back(corpus.positions());
      by_width[width - 1].set(corpus.first[word]);
    }
    for (Bits& bits : by_width) by_width_.push_back(std::make_shared<const Bits>(std::move(bits)));
  }
  surahs_.borders.push_back(marks(Region::surah).begins);
}

RegionPlaces Axis::made_places(Region region) const {
  RegionPlaces out;
  const RegionSpans& spans = corpus_.regions(region);
  for (std::size_t i = 0; i < spans.begin.size(); ++i) {
    if (spans.begin[i] != spans.end[i])
      out.ranges.emplace_back(place_of(spans.begin[i]), place_of(spans.end[i]));
  }
  out.disjoint = are_disjoint(out.ranges);
  return out;
}

std::shared_ptr<const RegionPlaces> Axis::places(Region region) const {
  if (region == Region::word) return std::make_shared<const RegionPlaces>(made_places(region));
  Kept& kept = this->kept(region);
  std::call_once(kept.places_once,
                 [&] { kept.places = std::make_shared<const RegionPlaces>(made_places(region)); });
  return kept.places;
}

RegionMarks Axis::marks(Region region) const {
  const Bits* const surahs = region == Region::surah ? nullptr : &surah_borders();
  if (region == Region::word) return marks_of(size(), places(region), surahs);
  Kept& kept = this->kept(region);
  std::call_once(kept.marks_once, [&] { kept.marks = marks_of(size(), places(region), surahs); });
  return kept.marks;
}

Fence Axis::inside_of(Region region) const {
  if (region == Region::word) return narrowed(*this, surahs_, marks(region));
  Kept& kept = this->kept(region);
  std::call_once(kept.fence_once, [&] {
    kept.fence = narrowed(*this, surahs_, marks(region));
    Bits borders = surah_borders();
    for (const auto& border : kept.fence.borders) borders |= *border;
    kept.fence.borders = {std::make_shared<const Bits>(std::move(borders))};
  });
  return kept.fence;
}

Fence narrowed(const Axis& axis, const Fence& fence, const RegionMarks& marks) {
  const Corpus& corpus = axis.corpus();
  const auto& ranges = marks.places->ranges;
  Fence out = fence;
  out.borders.push_back(marks.begins);
  out.borders.push_back(marks.ends);
  Bits inside(axis.size());
  for (const auto& [begin, end] : ranges) inside.set_range(begin, end);
  if (fence.inside) inside &= *fence.inside;
  out.inside = std::make_shared<const Bits>(std::move(inside));
  if (!axis.words()) {
    Bits divided = fence.divided ? *fence.divided : Bits(axis.size());
    for (const auto& range : ranges) {
      for (const std::uint32_t place : {range.first, range.second}) {
        if (place == axis.size()) continue;
        if (const std::uint32_t first = corpus.first[corpus.word_of[place]]; first != place)
          divided.set(first);
      }
    }
    if (divided.count(1) > 0) out.divided = std::make_shared<const Bits>(std::move(divided));
  }
  out.regions.push_back(marks.places);
  return out;
}

}  // namespace kalima::query
