// A verse as the older server writes it: one JSON object, which comes back as it was read, changed only where research
// was written. Functions are pure.
//
// What is written since the import counts as added at the end: a list of research that the layout does not name. A list
// takes the place of an odd value of its key, which shows again if the list is removed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/legacy/verses/layout.h"
#include "corpus/verse.h"
#include "support/json.h"

namespace kalima::api::legacy {

struct WrittenVerse {
  corpus::Verse verse;
  VerseLayout layout;
};

// Reads a verse object. Throws Error(bad_input) that says which member is wrong and what was expected.
WrittenVerse verse_from_json(const json::Value& object);

json::Value to_json(const corpus::Verse& verse, const VerseLayout& layout = {});
json::Value to_json(const WrittenVerse& written);
// Words and segments by their positions in the verse, which find their layouts.
json::Value to_json(const corpus::Word& word, std::size_t position = 0, const VerseLayout& layout = {});
json::Value to_json(const corpus::Segment& segment);

// The member of a verse that a list of research is.
json::Value to_json(const corpus::Research& research);

// A list of research as sorted JSON.
struct ListText {
  corpus::ResearchKind kind;
  std::string json;
};
// The verse's JSON with sorted keys and with other research: `lists`, and odd values of other keys of research.
// json::sorted(to_json(...)) gives the same.
std::string with_research(std::string_view verse, const std::vector<ListText>& lists,
                          const json::Object& odd = {});

}  // namespace kalima::api::legacy
