// Verses by the meaning of their words: a search in glosses and translations (meanings.h).
//
// Units as in text_search.h. Threads: pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "search/meanings.h"
#include "search/text_search.h"

namespace kalima::search {

// What is searched: glosses (Step::gloss), or the translations of a language (Step::translation).
struct MeaningSource {
  text::Step step;
  std::shared_ptr<const Meanings> meanings;
};

struct MeaningFound {
  // A hit of a gloss has the words of the text; those of translations are with the verse.
  TextFound found;
  Nearness nearness = Nearness::phrase;  // the loosest of the hits
  std::array<Count, 3> counts{};         // of each nearness: what there would be at it alone
};

// Whether every word of the phrases is in one of the sources.
bool all_known(const std::vector<MeaningSource>& sources, const TextQuery& query);

// Words that are together, or if none are, in the same verse.
MeaningFound search_meanings(const WordFile& file, const std::vector<MeaningSource>& sources,
                             const TextQuery& query, const TextOptions& options);

}  // namespace kalima::search
