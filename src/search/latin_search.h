// Words and phrases of the texts in Latin letters: what is typed is compared with how the texts sound, whatever the words are
// that it is divided into.
//
// Units as in text_search.h. Threads: everything is const after it was made.
#pragma once

#include <cstdint>
#include <vector>

#include "corpus/columns/core_file.h"
#include "search/text_search.h"
#include "search/word_file.h"
#include "text/sounds.h"
#include "text/transliterations.h"

namespace kalima::search {

// How each word of the texts sounds, and where in it a match may begin.
class SoundsOfWords {
 public:
  explicit SoundsOfWords(const WordFile& file);

  struct Start {
    std::uint32_t sound;  // of those of the entry
    std::uint32_t begin;  // code points before it in the entry
    bool after_article;
    // Where its article ends, which is not left out; 0 without one.
    std::uint32_t article_end;
  };
  std::size_t entries() const { return sounds_.size(); }
  const std::vector<text::Sound>& sounds(std::uint32_t entry) const { return sounds_[entry]; }
  const std::vector<Start>& starts(std::uint32_t entry) const { return starts_[entry]; }
  // All starts, sorted by what is read from them on, so that what several have in common is read once.
  struct Reading {
    std::uint32_t entry, start;
    std::uint32_t shared;  // sounds that it begins with and that the one before begins with too
  };
  const std::vector<Reading>& readings() const { return readings_; }

 private:
  void sort_readings();

  std::vector<std::vector<text::Sound>> sounds_;
  std::vector<std::vector<Start>> starts_;
  std::vector<Reading> readings_;
};

// At the step transliteration: all that sounds as it is typed, or if nothing does, what follows an article; `further` has these
// otherwise. At the step
// consonants, if that is asked for or no vowel was typed: likewise, whatever the vowels are.
TextFound search_latin(const columns::CoreFile& core, const WordFile& file, const SoundsOfWords& sounds,
                       const text::LatinText& typed, const TextOptions& options);

}  // namespace kalima::search
