// The bare letters of a word as Unicode defines them, for columns of letters and for sorting.
//
// Pure; every thread may call it at any time.
#pragma once

#include <string>
#include <string_view>

namespace kalima::text {

// Without marks (Unicode category Mn: vowels, hamza and signs written over or under a letter) and tatweel, and
// with alif wasla as alif. Nothing is composed or decomposed, so that an alif with a separate madda is an alif.
// Well-formed UTF-8.
std::string plain(std::string_view utf8);
// The letters of the consonantal text in a plain form: without small waw and ya (U+06E5, U+06E6), which Tanzil's text adds
// for a long vowel that is not written, بهۦ.
std::u32string written_letters(std::string_view plain);
// Whether it is of category Mn: it is written over or under a letter, and takes up no column in a terminal.
bool is_combining(char32_t c);

}  // namespace kalima::text
