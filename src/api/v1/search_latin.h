// A text search for what is typed in Latin letters: the text in transliteration, or words by what they mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/v1/search_request.h"

namespace kalima::api::v1 {

// `q` as words in any letters; nullopt if it cannot be read so.
std::optional<search::TextQuery> query_in_any_letters(std::string_view q);

// As what it can be: Buckwalter's transliteration, another one in which the vowels that are typed agree, words of glosses and
// translations; what has the same consonants alone is counted as further. With a step only as that. The name of a surah that is not also a word leaves `found` without
// hits.
void search_latin(const SearchTools& tools, const std::string& q, const search::TextOptions& options,
                  Searched& found);

// In the translations of a language, and in the glosses if these are in it. Throws Error(not_found) if nothing is.
void search_meaning(const SearchTools& tools, const std::string& q, const std::string& language,
                    const search::TextOptions& options, Searched& found);

}  // namespace kalima::api::v1
