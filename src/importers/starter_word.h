// A word line of the starter corpus: FORM, a tab, ANALYSIS, described in data/starter/README.md.
#pragma once

#include <cstdint>
#include <string_view>

#include "corpus/verse.h"

namespace kalima::importers {

// `id` is the word's 1-based position in its verse. The form of each segment is the letters of its part of
// the word. The line is valid UTF-8 without its line end. Throws Error(bad_input) that says what is wrong and
// what was expected; the caller knows file and line.
corpus::Word starter_word(std::string_view line, std::int64_t id);

}  // namespace kalima::importers
