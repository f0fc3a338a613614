#include "corpus/divisions.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "corpus/division_files.h"
#include "support/error.h"
#include "support/lines.h"
#include "support/numbers.h"

namespace kalima::corpus {
namespace {

using attributes::Region;
using Places = std::vector<VersePlace>;

std::string_view file(std::string_view name) {
  for (const DivisionFile& one : division_files()) {
    if (one.name == name) return one.bytes;
  }
  throw Error(ErrorCode::internal, "a file of data/divisions is missing in the program");
}

// Lines `SURAH: VERSE VERSE ...`. The file is part of the program, so anything but a number is a separator.
Places read_places(std::string_view text) {
  Places out;
  std::uint32_t surah = 0;
  for (Lines lines(text); lines.next();) {
    std::string_view line = lines.line();
    if (line.starts_with('#')) continue;
    while (!line.empty()) {
      const std::size_t end = std::min(line.find_first_not_of("0123456789"), line.size());
      const auto number = numbers::parse<std::uint32_t>(line.substr(0, end));
      line.remove_prefix(std::max<std::size_t>(end, 1));
      if (!number) continue;
      if (line.starts_with(':')) {
        surah = *number;
      } else {
        out.push_back({surah, *number});
      }
    }
  }
  return out;
}

const Places& places(Region region) {
  static const auto all = [] {
    std::array<Places, attributes::regions.size()> out;
    for (const Region one : {Region::juz, Region::quarter, Region::manzil, Region::ruku, Region::page}) {
      out[static_cast<std::size_t>(one)] =
          read_places(file(attributes::regions[static_cast<std::size_t>(one)].name));
    }
    // Four quarters are a hizb.
    const Places& quarters = out[static_cast<std::size_t>(Region::quarter)];
    for (std::size_t i = 0; i < quarters.size(); i += 4) {
      out[static_cast<std::size_t>(Region::hizb)].push_back(quarters[i]);
    }
    return out;
  }();
  return all[static_cast<std::size_t>(region)];
}

}  // namespace

std::span<const VersePlace> first_verses(Region region) { return places(region); }

std::size_t part_of(Region region, VersePlace verse) {
  const Places& starts = places(region);
  return static_cast<std::size_t>(std::ranges::upper_bound(starts, verse) - starts.begin());
}

std::span<const VersePlace> sajda_verses() {
  static const Places verses = read_places(file("sajda"));
  return verses;
}

}  // namespace kalima::corpus
