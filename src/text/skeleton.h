// What two spellings of an Arabic word share, to match words of sources that differ in spelling.
#pragma once

#include <string>
#include <string_view>

namespace kalima::text {

// The letters only, without vowel signs, signs of recitation, hamza, tatweel and alif (which some scripts leave out),
// and with ya for alif maqsura. UTF-8. Pure.
std::string skeleton(std::string_view arabic);
// True if there is at least one letter; marks, tatweel and signs are not letters.
bool has_letters(std::string_view arabic);

}  // namespace kalima::text
