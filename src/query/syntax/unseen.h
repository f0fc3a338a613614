// Signs that cannot be seen, and quotes that look like those of the language: they come with what is copied from pages and
// documents.
//
// UTF-8; offsets are bytes. Threads: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kalima::query {

// How many bytes of white space, marks of direction or signs without width are at an offset: those of one, or 0.
std::size_t space_at(std::string_view text, std::size_t at);
// The same for one of “ ” „ ‟ ‘ ’ ‚ ‛ « ».
std::size_t typographic_quote_at(std::string_view text, std::size_t at);
// Takes out marks of direction and signs without width, but for the joiners, which some spellings have.
void erase_unseen(std::string& text);
// For messages: what cannot be seen, and quotes, by their code: U+200F, “ (U+201C).
std::string with_visible_signs(std::string_view text);

}  // namespace kalima::query
