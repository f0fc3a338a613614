// What users wrote on a verse, as the old API's answers show it, read from one state of the database.
#pragma once

#include <array>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "api/legacy/verses/verse_json.h"
#include "corpus/verse.h"
#include "store/corpus_reader.h"

namespace kalima::api::legacy {

struct WrittenResearch {
  std::int64_t latest = 0;  // the latest entry of the history about the verse; 0: none
  std::vector<ListText> lists;
  json::Object odd;         // of the verse's layout
  bool unreadable = false;  // one document or more is not in `lists`, because it cannot be read
  // For the answer about each kind, in the order of all_research_kinds: see store::research_tag.
  std::array<std::string, std::size(corpus::all_research_kinds)> tags;
};

// All of it. Throws Error(damaged) for a layout that cannot be read.
WrittenResearch read_research(const store::CorpusReader& reader, std::int64_t verse);
// Only `latest` and `tags`: costs the same however much is written.
WrittenResearch read_state(const store::CorpusReader& reader, std::int64_t verse);

// The lists that the answer about a list shows, to which its tag belongs.
std::span<const corpus::ResearchKind> kinds_shown_with(corpus::ResearchKind kind);

}  // namespace kalima::api::legacy
