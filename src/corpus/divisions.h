// Where the parts of the Quran begin: facts that hold for every corpus, from data/divisions, whose README
// names their sources. Threads: any; everything is constant after the first call.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>

#include "attributes/region_values.h"

namespace kalima::corpus {

// A verse; both numbers are 1-based.
struct VersePlace {
  std::uint32_t surah = 0, ayah = 0;
  auto operator<=>(const VersePlace&) const = default;
};

// The first verses of all parts of a kind, in order: part N begins with the verse at index N - 1 and ends
// before the next one begins. For juz, hizb, quarter, manzil, ruku, page; empty for the other regions.
std::span<const VersePlace> first_verses(attributes::Region region);

// The 1-based number of the part that contains the verse; 0 for a verse before the first part.
std::size_t part_of(attributes::Region region, VersePlace verse);

// The verses of prostration, in order.
std::span<const VersePlace> sajda_verses();

}  // namespace kalima::corpus
