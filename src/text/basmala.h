// The basmala, which editions write before the first verse of a surah, as part of the verse's text or apart from it.
//
// Units: code points, 0-based. Threads: pure functions. No input is an error.
#pragma once

#include <cstddef>
#include <string_view>

namespace kalima::text {

// Where the words after a basmala at the beginning of `text` begin, in whatever spelling it is written; 0 if the text
// does not begin with one, or ends with it.
std::size_t basmala_end(std::u32string_view text);

// Whether the text has a basmala anywhere.
bool has_basmala(std::u32string_view text);
// Whether its words are the basmala and nothing else.
bool is_basmala(std::u32string_view text);

}  // namespace kalima::text
