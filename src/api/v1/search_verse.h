// A text search for words that are in one verse, wherever in it: each is sought by itself, in whatever letters it is typed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "api/v1/search_request.h"

namespace kalima::api::v1 {

// `q` as words, in Arabic or other letters; those of other letters are divided at spaces alone. nullopt if it cannot be read so.
std::optional<search::TextQuery> query_of_words(std::string_view q);

// Where a word is by itself, which is so often in a phrase.
struct WordPlaces {
  std::span<const search::VerseHits> by_verse;
  std::size_t times;
};
// One word more.
void add_place(std::span<const search::VerseHits> by_verse, std::vector<WordPlaces>& words);
// The verses that have all the words, ascending, with the hits of all. None has if there are no words.
std::vector<search::VerseHits> verses_with_all(std::span<const WordPlaces> words);

// The words of each phrase of `query`, which `request.q` was read as. All hits of all words in a verse that has them.
Searched search_in_one_verse(const SearchTools& tools, const TextRequest& request,
                             const search::TextQuery& query);

}  // namespace kalima::api::v1
