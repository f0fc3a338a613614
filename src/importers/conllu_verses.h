// The verses of a CoNLL-U file, put together from its comments and lines in their order.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

#include "api/legacy/verses/frames.h"
#include "conllu/format.h"
#include "conllu/treebank_columns.h"
#include "corpus/treebank.h"
#include "corpus/verse.h"
#include "importers/counts.h"
#include "importers/unknown_features.h"
#include "importers/verse_index.h"

namespace kalima::importers {

// Throws Error(bad_input) with the line for whatever does not fit.
class ConlluVerses {
 public:
  // `index` gets every verse when it begins; `done` is called with each verse when it is complete. Both must
  // outlive this object.
  ConlluVerses(VerseIndex& index, std::function<void(const api::legacy::WrittenVerse&)> done)
      : index_(index), done_(std::move(done)) {}

  // Takes the comments of a sentence, then its lines. With `analysed`, each word has a segment for its node in the tree.
  // Returns the places of the words.
  conllu::Places add(const conllu::Sentence& sentence, bool analysed);
  // After the last sentence.
  void finish();

  // Of the lines so far.
  const UnknownFeatures& unknown_features() const { return unknown_features_; }
  // The lemmas that are not Arabic and would be read as such, one a line.
  std::string lemmas_in_other_letters() const;
  // Verses that are complete.
  std::int64_t complete() const { return complete_; }

 private:
  struct Announced {
    std::string text;
    std::optional<std::string> frame;
    std::size_t at = 0;
  };
  void add_comment(const conllu::Comment& comment);
  void keep(std::size_t bytes, std::size_t at);
  void add_line(const conllu::Line& line, const conllu::Line* range, bool analysed);
  void begin_verse(const corpus::SegmentPlace& place, std::size_t at);
  void end_verse();
  void add_word(const corpus::SegmentPlace& place, const conllu::Line& line);
  void add_segment(const conllu::Line& line);

  VerseIndex& index_;
  std::function<void(const api::legacy::WrittenVerse&)> done_;
  std::unordered_map<std::int64_t, std::string> surah_names_;
  std::unordered_map<std::string, Announced>
      announced_;                       // by "SURAH:AYAH"; verses whose words have not come yet
  std::size_t kept_bytes_ = 0;          // of these names and texts
  std::optional<corpus::Verse> verse_;  // the current one
  std::size_t verse_at_ = 0;            // the line where it began
  std::size_t verse_lines_ = 0;         // of it so far
  bool text_said_ = false;
  std::optional<std::string> verse_frame_;  // JSON
  api::legacy::VerseFrames frames_;
  std::int64_t complete_ = 0;
  UnknownFeatures unknown_features_;
  std::set<std::string> other_letters_;  // lemmas
};

}  // namespace kalima::importers
