// What somebody means who writes a reference, the name of a surah, or the name of a verse. Threads: pure functions of facts
// that are part of the program.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "api/v1/places.h"
#include "http/json_writer.h"
#include "http/shape.h"

namespace kalima::api::v1 {

// Longer texts name nothing.
inline constexpr std::size_t max_reference_bytes = 200;

// Either a range or a word.
struct Reference {
  std::optional<VerseRange> range;
  std::optional<WordPlace> word;
  // It can hardly mean anything else: it has numbers, or is the name of a verse. The name of a surah may be a word too.
  bool certain = false;
  // Of the name of a surah: it may be a word of the text (ibrahim, baqara without its article) or an English word (light). What has
  // that word comes first.
  bool is_word = false;
};

// "2:255", "2 255", "juz:30", "al-baqara 255", "البقرة ٢٥٥", "الكهف", "آية الكرسي"; the most likely first. With `beginnings`
// also surahs whose name only begins so, if no name is the same.
std::vector<Reference> find_references(std::string_view typed, bool beginnings);

// Whether the corpus has it; of a surah or part, some of its verses.
bool is_there(const Places& places, const Reference& reference);

inline constexpr std::string_view reference_kinds[] = {"verse", "verses", "surah", "part", "word"};
inline constexpr auto reference_kind_shape = http::shapes::one_of(reference_kinds);
inline constexpr http::Field reference_fields[] = {
    {"kind", &reference_kind_shape},
    {"reference", &http::shapes::text, "as the routes that read take it"},
    {"surah", &http::shapes::integer_or_null, "null for a part that is not in one surah"},
    {"name", &http::shapes::text_or_null, "of that surah, in Arabic"},
    {"latin", &http::shapes::text_or_null},
    {"english", &http::shapes::text_or_null},
    {"present", &http::shapes::boolean, "the corpus has it, or some of its verses"},
};
inline constexpr auto reference_shape = http::shapes::object(reference_fields, "Resolved");
inline constexpr auto references_shape = http::shapes::array(reference_shape);
void write_reference(http::JsonWriter& out, const Places& places, const Reference& reference);

}  // namespace kalima::api::v1
