// The layouts of a verse as CoNLL-U files carry them: JSON objects as the older server's corpus file has them, with
// `true` in place of what the file says elsewhere: a word's segments, a verse's words.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "api/legacy/verses/verse_json.h"

namespace kalima::api::legacy {

// The names of the attributes, and of the comment "# verse_layout 1:1 = JSON".
inline constexpr std::string_view segment_frame_name = "SegmentLayout", word_frame_name = "WordLayout",
                                  verse_frame_name = "verse_layout ";

// By 0-based position, as in VerseLayout.
struct VerseFrames {
  std::optional<json::Value> verse;
  std::map<std::size_t, json::Value> words;
  std::map<std::pair<std::size_t, std::size_t>, json::Value> segments;

  bool empty() const { return !verse && words.empty() && segments.empty(); }
};

// Without research documents, which have no place in the format.
VerseFrames frames_of(const corpus::Verse& verse, const VerseLayout& layout);
// The verse with its layout again. Throws Error(bad_input) if a frame is not that of a verse, word or segment.
WrittenVerse in_frames(const corpus::Verse& verse, const VerseFrames& frames);

}  // namespace kalima::api::legacy
