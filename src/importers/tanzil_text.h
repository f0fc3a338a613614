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
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "importers/source_stream.h"

namespace kalima::importers {

struct TextVerse {
  int surah = 0, ayah = 0;  // 1-based
  std::string text;         // as in the file, without white space at the ends
  std::string
      bismillah;  // the basmala before the first verse of a surah if it is not part of the text; else empty
  std::size_t line = 0;  // 1-based
};

// Reads verse after verse. All functions throw Error(bad_input) "FILE:LINE: …". Threads: one.
class TanzilReader {
 public:
  // Reads `file` from its beginning, a plain text twice; it must outlive the reader.
  explicit TanzilReader(SourceStream& file);
  ~TanzilReader();

  // By surah and ayah; nullopt at the end. Verses without text are accepted: translations have some.
  std::optional<TextVerse> next();
  // The # lines so far, and their line ends; at the end all of them.
  const std::string& comments() const;

  class Verses;  // of one of the formats

 private:
  void require_order(const TextVerse& verse);
  void require_whole_surah(std::size_t line) const;

  SourceStream& file_;
  std::string comments_;
  std::unique_ptr<Verses> verses_;
  std::vector<bool> surahs_;  // by number, those that have begun
  int surah_ = 0, ayah_ = 0;  // of the last verse; 0 before the first
};

// The same for a text in Arabic: every verse must have Arabic letters and nothing but text (verse_text.h); the basmala before the
// first verse of each surah except 1 and 9 is moved from `text` to `bismillah`.
class ArabicReader {
 public:
  explicit ArabicReader(SourceStream& file) : file_(file), verses_(file) {}

  std::optional<TextVerse> next();
  const std::string& comments() const { return verses_.comments(); }

 private:
  SourceStream& file_;
  TanzilReader verses_;
  bool has_first_basmala_ = false;
};

}  // namespace kalima::importers
