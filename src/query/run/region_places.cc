#include "query/run/region_places.h"

#include <iterator>

namespace kalima::query {
std::uint32_t RegionPlaces::longest_from(std::uint32_t begin) const {
  const auto at =
      std::ranges::lower_bound(ranges, begin, {}, &std::pair<std::uint32_t, std::uint32_t>::first);
  return at != ranges.end() && at->first == begin ? at->second : 0;
}

bool RegionPlaces::has(std::uint32_t begin, std::uint32_t end) const {
  auto at = std::ranges::lower_bound(ranges, begin, {}, &std::pair<std::uint32_t, std::uint32_t>::first);
  for (; at != ranges.end() && at->first == begin; ++at) {
    if (at->second == end) return true;
  }
  return false;
}

std::optional<std::pair<std::uint32_t, std::uint32_t>> RegionPlaces::holding(std::uint32_t begin,
                                                                             std::uint32_t end) const {
  const auto after =
      std::ranges::upper_bound(ranges, begin, {}, &std::pair<std::uint32_t, std::uint32_t>::first);
  if (after == ranges.begin() || end > std::prev(after)->second) return std::nullopt;
  return *std::prev(after);
}

bool are_disjoint(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& ranges) {
  return std::ranges::adjacent_find(
             ranges, [](const auto& a, const auto& b) { return a.second > b.first; }) == ranges.end();
}

RegionMarks marks_of(std::size_t size, std::shared_ptr<const RegionPlaces> places, const Bits* surahs) {
  Bits begins(size + 1), ends(size + 1);
  for (const auto& [begin, end] : places->ranges) {
    begins.set(begin);
    ends.set(end);
  }
  const auto in_surah = [&](Bits bits) {
    bits.minus(surahs != nullptr ? *surahs : begins);
    return std::make_shared<const Bits>(std::move(bits));
  };
  RegionMarks out;
  out.places = std::move(places);
  out.begins_in_surah = in_surah(begins);
  out.ends_in_surah = in_surah(ends);
  out.begins = std::make_shared<const Bits>(std::move(begins));
  out.ends = std::make_shared<const Bits>(std::move(ends));
  return out;
}

}  // namespace kalima::query
