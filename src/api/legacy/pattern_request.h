// The body of POST /api/search/pattern_word.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "api/legacy/search/word_pattern.h"

namespace kalima::api::legacy {

struct PatternRequest {
  WordPattern pattern;
  std::string regex;       // the one that the old server made; the frontend uses it
  std::string query_json;  // the body, as the answer repeats it
  std::size_t limit;
};

// Throws Error(bad_input) that says what is wrong with the body, Error(too_large) for too many letters.
PatternRequest parse_pattern_request(std::string_view body);

}  // namespace kalima::api::legacy
