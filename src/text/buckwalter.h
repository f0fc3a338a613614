// Extended Buckwalter transliteration as the Quranic Arabic Corpus uses it for forms, roots and lemmas: one
// ASCII character for each Arabic code point, so that nothing is lost in either direction.
//
// The table is that of the corpus's documentation, https://corpus.quran.com/java/buckwalter.jsp. As in that
// table, the alif with madda (`|`, U+0622) and the Persian letters P, J, V, G of Buckwalter's own table are
// not included: the corpus writes the former as 'aA or A^, and `|` separates features. Spaces and the digits
// 0 to 9, which distinguish lemmas of the same spelling (<in~2), are the same on both sides. Marks keep their
// order; nothing is normalized. Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kalima::text {

// One letter, sign, space or digit; nullopt for anything else.
std::optional<char32_t> arabic_letter(char buckwalter);
std::optional<char> buckwalter_letter(char32_t arabic);

// Whole strings, UTF-8 on the Arabic side; nullopt if a character has no counterpart or the UTF-8 is
// ill-formed. The empty string stays empty.
std::optional<std::string> arabic_from_buckwalter(std::string_view buckwalter);
std::optional<std::string> buckwalter_from_arabic(std::string_view arabic);

}  // namespace kalima::text
