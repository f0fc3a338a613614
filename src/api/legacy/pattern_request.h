// The body of POST /api/search/pattern_word.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "search/word_pattern.h"

namespace kalima::api::legacy {

struct PatternRequest {
  search::WordPattern pattern;
  std::string regex;       // as the old server made it; the frontend uses it
  std::string query_json;  // the body as it is echoed
  std::size_t limit;
};

// Throws Error(bad_input) that says what is wrong with the body, Error(too_large) for more letters than any word has.
PatternRequest parse_pattern_request(std::string_view body);

}  // namespace kalima::api::legacy
