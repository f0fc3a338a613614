// Unicode rules as Python's str has them, and normalization. All texts are UTF-8.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kalima::text {

// Full Unicode lower- and upper-casing, independent of language, like str.lower() and str.upper().
std::string lower(std::string_view utf8);
std::string upper(std::string_view utf8);

// Unicode normalization form C of well-formed UTF-8 (UAX #15), and whether a text is in it.
std::string nfc(std::string_view utf8);
bool is_nfc(std::string_view utf8);

// White space according to Python's str.isspace() and \s.
constexpr bool is_space(char32_t c) {
  // Bidirectional type WS, B or S, or category Zs: the list of Python's documentation.
  if (c <= 0x20) return (c >= 0x09 && c <= 0x0D) || c >= 0x1C;
  if (c < 0x1680) return c == 0x85 || c == 0xA0;
  return c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}
// Without white space at both ends.
std::string_view stripped(std::string_view utf8);
// The parts between runs of white space.
std::vector<std::string_view> words(std::string_view utf8);

}  // namespace kalima::text
