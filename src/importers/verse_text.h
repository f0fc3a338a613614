// What the text of a verse may contain. Files in other formats, with markup, glosses or tables in them, are refused: nothing
// of them may be stored as text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kalima::importers {

// No published file may have a byte order mark within a text, whether it is written as such or as a reference to the character.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
inline constexpr const char* inner_mark = "a byte order mark (U+FEFF) within the text, where nobody sees it";
inline constexpr const char* remove_inner_mark =
    "remove it: files that were put together have it where one of them begins";
constexpr bool has_byte_order_mark(std::string_view text) {
  return text.find(byte_order_mark) != std::string_view::npos;
}

// What is wrong with the text of the verse `ayah` in Arabic, as the end of a sentence that begins with the verse: "has
// …"; nullopt if nothing is. It may have letters of the Arabic script with their signs, punctuation of a text, ornaments,
// and its own number. `utf8` is well-formed.
std::optional<std::string> not_arabic_text(std::string_view utf8, int ayah);

// The same for a translation: any language, without `|` and markup.
std::optional<std::string> not_plain_text(std::string_view utf8);

}  // namespace kalima::importers
