// Gives the words of the morphology, verse by verse, their forms in the text.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "corpus/verse.h"
#include "importers/counts.h"
#include "importers/qac_morphology.h"
#include "importers/source_stream.h"
#include "importers/tanzil_text.h"
#include "store/corpus_writer.h"

namespace kalima::importers {

// One thread. The files must outlive the object.
class MorphologyWords {
 public:
  MorphologyWords(const Source& text, SourceStream& file);

  // Adds the words of the morphology's next verse to `verse`, which is `text`. Throws Error(bad_input) with the place if the
  // morphology has another verse here, if the text lacks one of its words, or has several more.
  void add(const TextVerse& text, corpus::Verse& verse);
  // After the last verse of the text. Adds a warning that names the words that are other words in the text. Throws
  // Error(bad_input) if too many are.
  void finish(Counts& counts, store::CorpusWriter& writer) const;

 private:
  std::size_t allowed_surplus(std::size_t words) const;
  [[noreturn]] void fail_lacking() const;
  [[noreturn]] void fail_unmatched(const TextVerse& text, std::size_t words, std::size_t line,
                                   const std::string& more) const;
  void require(const TextVerse& text) const;

  const Source& text_;
  const Source& file_;
  QacMorphology morphology_;
  std::optional<QacVerse> next_;
  std::vector<std::string> places_;  // of the first words that differ
  std::size_t words_ = 0, differing_ = 0;
};

}  // namespace kalima::importers
