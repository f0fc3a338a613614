// Finds a verse's index in the corpus by surah and ayah, and its segments, while tables that refer to verses
// are read.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "corpus/verse.h"
#include "importers/segment_set.h"
#include "support/numbers.h"

namespace kalima::importers {

class VerseIndex {
 public:
  // False if the verse was added before. Indexes are 0-based.
  bool add(std::int64_t surah, std::int64_t ayah, std::int64_t place) {
    return places_.emplace(std::pair(surah, ayah), place).second;
  }
  std::optional<std::int64_t> find(std::int64_t surah, std::int64_t ayah) const {
    const auto it = places_.find({surah, ayah});
    if (it == places_.end()) return std::nullopt;
    return it->second;
  }
  std::size_t size() const { return places_.size(); }

  // Adds the segments of an added verse, so that rows that name them can be checked. Word and segment numbers
  // come from the segments' ids ("WORD.SEGMENT"); rows cannot name other ids.
  void add_segments(std::int64_t place, const corpus::Verse& verse) {
    for (const corpus::Word& word : verse.words) {
      for (const corpus::Segment& segment : word.segments) {
        const std::string_view id = segment.id;
        const std::size_t dot = id.find('.');
        if (dot == std::string_view::npos) continue;
        const auto word_number = numbers::parse<std::int64_t>(id.substr(0, dot));
        const auto segment_number = numbers::parse<std::int64_t>(id.substr(dot + 1));
        if (!word_number || !segment_number || !SegmentSet::in_range(*word_number, *segment_number)) continue;
        segments_.insert(place, *word_number, *segment_number);
      }
    }
  }
  bool has_segments(std::int64_t place) const { return segments_.has_any(place); }
  bool has_segment(std::int64_t place, std::int64_t word, std::int64_t segment) const {
    return segments_.contains(place, word, segment);
  }

 private:
  // Both numbers are part of the key: a table may name any, and none may be mistaken for another.
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> places_;
  SegmentSet segments_;
};

}  // namespace kalima::importers
