// Unicode rules that the old API shares with Python's str, on UTF-8 text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kalima::text {

// Full Unicode lower- and upper-casing in no particular language, as str.lower() and str.upper() do.
std::string lower(std::string_view utf8);
std::string upper(std::string_view utf8);

// What str.isspace() and the \s of regular expressions take for white space.
bool is_space(char32_t c);
// Without white space at both ends.
std::string_view stripped(std::string_view utf8);
// The parts between runs of white space.
std::vector<std::string_view> words(std::string_view utf8);

}  // namespace kalima::text
