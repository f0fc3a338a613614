// The morphology file of the Quranic Arabic Corpus, version 0.4 (https://corpus.quran.com): `#` comments, a
// header line, then one line for each segment, with four columns separated by tabs:
//
//   (SURAH:AYAH:WORD:SEGMENT)   FORM   TAG   FEATURES
//
// FORM, and the root and lemma in FEATURES, are in extended Buckwalter (text/buckwalter.h). Its fork in Arabic script is read
// too (qac_fork.h): without brackets round the location.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/verse.h"
#include "importers/qac_fork.h"
#include "importers/source_stream.h"
#include "importers/unknown_features.h"

namespace kalima::importers {

struct QacWord {
  std::string form;  // Arabic: the forms of its segments joined
  // As in the corpus (corpus/verse.h). `form` is FORM in Arabic script as the file spells it, which is not
  // always the spelling of the text; nullopt for a segment that is not written (FORM `_`: a pronoun that is
  // only heard).
  std::vector<corpus::Segment> segments;
  std::size_t line = 0;  // 1-based; of its first segment
};

struct QacVerse {
  int surah = 0, ayah = 0;  // 1-based
  std::vector<QacWord> words;
  std::size_t line = 0;      // 1-based; of its first segment
  std::size_t end_line = 0;  // of the segment after it, or the last line of the file
};

class QacMorphology {
 public:
  // `file` must outlive the reader.
  explicit QacMorphology(SourceStream& file);

  // The next verse; nullopt at the end. Segments must come in order without a gap in the numbers of words and
  // segments, verses in ascending order. Throws Error(bad_input) "FILE:LINE: …".
  std::optional<QacVerse> next();
  // True once next() has returned the last verse.
  bool ended() const { return ended_; }
  // The last line that was read.
  std::size_t line() const { return lines_.number(); }
  // Of the segments so far, those whose TAG is not the part of speech that their features name; as
  // store::differing_tags_key has them.
  const std::string& differing_tags() const { return differing_tags_; }
  // Of the segments so far.
  const UnknownFeatures& unknown_features() const { return unknown_features_; }

 private:
  struct Row {
    int surah, ayah, word, segment;
    std::size_t line;
  };
  bool read_row();
  int read_number(std::string_view& location, std::string_view end, std::string_view whole) const;
  void require_order(const Row& before) const;
  corpus::Segment make_segment();
  QacColumns as_written() const;
  std::string arabic(std::string_view buckwalter, std::string_view what) const;

  const Source& file_;
  SourceLines lines_;
  bool header_possible_ = true;
  bool ended_ = false, any_ = false;
  bool brackets_ = true;  // round the locations; without them it is the fork
  Row row_{};
  std::string_view form_, tag_, features_;  // of row_, in the line that was read last
  std::optional<Row> earlier_;              // before the one before row_
  std::string differing_tags_;
  UnknownFeatures unknown_features_;
};

}  // namespace kalima::importers
