// Extended Buckwalter transliteration as the Quranic Arabic Corpus writes forms, roots and lemmas with it:
// one ASCII character for one Arabic code point, so that it is exact both ways.
//
// The table is that of the corpus's documentation, https://corpus.quran.com/java/buckwalter.jsp. As there,
// the alif with madda (`|`, U+0622) and the Persian letters P, J, V, G of Buckwalter's own table are no
// letters of it: the corpus writes the former as 'aA or A^, and `|` stands between features. Blanks and the
// digits 0 to 9, which tell lemmas of one spelling apart (<in~2), are the same on both sides. No order or
// normalisation of marks is changed.
//
// Pure; every thread may call them at any time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kalima::text {

// One letter, sign, blank or digit; nullopt when it is none.
std::optional<char32_t> arabic_letter(char buckwalter);
std::optional<char> buckwalter_letter(char32_t arabic);

// Whole strings, UTF-8 on the Arabic side; nullopt when a character has no counterpart, or the UTF-8 is
// ill-formed. The empty string is the empty string.
std::optional<std::string> arabic_from_buckwalter(std::string_view buckwalter);
std::optional<std::string> buckwalter_from_arabic(std::string_view arabic);

}  // namespace kalima::text
