// UTF-8 as bytes and code points. Positions are 0-based and, like sizes, in bytes unless a name says
// otherwise. Threads: pure functions. Nothing throws: ill-formed bytes become U+FFFD when they are decoded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::utf8 {

inline constexpr char32_t replacement = 0xFFFD;

// Decodes the code point that starts at `text[at]` and moves `at` past it. For an ill-formed sequence it
// returns `replacement` and moves past its maximal ill-formed prefix, like Unicode (chapter 3, table 3-8) and
// Python's errors="replace". `ok`, if given, is set to false for such a sequence and is otherwise unchanged.
char32_t decode(std::string_view text, std::size_t& at, bool* ok = nullptr);

// `code_point` must be one that UTF-8 can hold: below 0x110000 and not a surrogate.
void append(std::string& out, char32_t code_point);

bool valid(std::string_view text);
// The offset of the first ill-formed byte, or npos.
std::size_t first_invalid(std::string_view text);
// A copy with every ill-formed sequence replaced by U+FFFD.
std::string repaired(std::string_view text);

std::u32string to_code_points(std::string_view text);
// The first `count` code points of `text`.
std::string_view prefix(std::string_view text, std::size_t count);

// UTF-16 with a byte order mark (either order) to UTF-8. Returns false if it is cut off inside a unit or
// contains a lone surrogate; `out` then ends before it.
bool from_utf16(std::string_view bytes, std::string& out);

// Well-formed UTF-8 to UTF-16, little-endian, with a byte order mark.
std::string to_utf16_with_mark(std::string_view text);

}  // namespace kalima::utf8
