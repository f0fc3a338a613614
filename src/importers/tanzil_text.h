// Texts of the Quran and translations as published by the Tanzil project (https://tanzil.net). The first line
// that is neither empty nor a comment tells which of the three formats a file has:
//   plain     one verse on each line, all 6,236 in order, without numbers; an empty line is a verse without text, or
//             nothing if there are 6,236 other lines
//   numbered  SURAH|AYAH|text
//   XML       <quran><sura index><aya index text [bismillah]/>…</sura>…</quran>
//
// Lines that begin with # are comments; Tanzil puts its licence there. In the numbered format and in XML
// whole surahs may be missing, but no verse of a surah: a file that was cut off or mixed up is refused.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "importers/source_file.h"

namespace kalima::importers {

struct TextVerse {
  int surah = 0, ayah = 0;  // 1-based
  std::string text;         // as in the file, without white space at the ends
  std::string
      bismillah;  // the basmala before the first verse of a surah if it is not part of the text; else empty
  std::size_t line = 0;  // 1-based
};

struct TanzilText {
  std::vector<TextVerse> verses;  // by surah and ayah
  std::string comments;           // the # lines and their line ends
};

// A larger file is not a text of the Quran.
inline constexpr std::size_t max_text_bytes = 64u << 20;

// Verses without text are accepted: translations have some. Throws Error(bad_input) "FILE:LINE: …".
TanzilText read_tanzil(const SourceFile& file);

// For a text in Arabic: every verse must have Arabic letters and nothing but text (verse_text.h), else Error(bad_input) as
// above; the basmala before the first verse of each surah except 1 and 9 is moved from `text` to `bismillah`.
void finish_arabic_text(const SourceFile& file, TanzilText& text);
// For a translation: no verse may have markup, else Error(bad_input) as above.
void finish_translation(const SourceFile& file, const TanzilText& text);

}  // namespace kalima::importers
