// Where a text search finds nothing: the searches that find something, with less asked than there was, or parts of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/v1/search_request.h"

namespace kalima::api::v1 {

// What is asked differently.
enum class Instead : std::uint8_t {
  elsewhere,         // in all verses, where some were asked for
  other_steps,       // without a step
  particles,         // particles before the words too
  nothing_left_out,  // without what is to be left out
  unquoted,          // without quotation marks
  any_letters,       // * for each ?
  one_verse,         // the words of a phrase anywhere in one verse
  part,              // some words, which follow each other
  word,              // one word
};
inline constexpr std::string_view instead_names[] = {"elsewhere",        "other_steps", "particles",
                                                     "nothing_left_out", "unquoted",    "any_letters",
                                                     "one_verse",        "part",        "word"};

// Alike in kind: in the order of the query, longer runs first.
struct OtherSearch {
  Instead instead;
  // Of the route, with their values, in the order of the request: `q` first.
  std::vector<std::pair<std::string, std::string>> parameters;
  std::size_t verses, hits;  // that it has
};

// Each was made: it has what it says. `given`: the parameters of the request. `unknown`, of the search that found nothing: words that
// are found after all are taken out (what translations lack may be in the text); if it is empty, it becomes what is unknown to the
// search without limits.
std::vector<OtherSearch> other_searches(const SearchTools& tools, const TextRequest& request,
                                        const std::vector<std::pair<std::string, std::string>>& given,
                                        std::vector<search::UnknownWord>& unknown);

}  // namespace kalima::api::v1
