// Verses that a text quotes: a paragraph, a page, a book's chapter.
//
// How it is done: README.md in this folder. Units: `from` and `to` are 0-based code points of the text that was given,
// `to` excluded. A position is a word of the corpus, 0-based in the order of the corpus (corpus_words.h).
// Threads: any number may use a Finder, each call has its own state. Errors: no text is an error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "corpus/columns/core_file.h"
#include "quotations/corpus_words.h"
#include "quotations/formulas.h"
#include "search/word_file.h"
#include "text/steps.h"

namespace kalima::quotations {

struct Options {
  double min_score = 0.5;
  bool formulas = false;         // whether set phrases such as the basmala count
  std::size_t max_places = 100;  // listed for each quotation
  // Whether this share of the time, from 0 to 1, is over. The stages ask for growing shares.
  std::function<bool(double share)> expired = [](double) { return false; };
};

// Where the text and the verse differ.
struct Difference {
  enum class Kind : std::uint8_t {
    missing,         // words of the verse that the text leaves out
    added,           // words of the text that the verse does not have
    other_word,      // a word instead of another one, or a particle before it that only one of both has
    other_spelling,  // the word, spelled in a way that counts: vowels that contradict, a typing mistake
  };
  Kind kind;
  std::uint32_t from, to;     // in the text; the same where words are missing
  std::uint32_t first, last;  // positions, `last` included; of added words the position after them
};
inline constexpr std::string_view kind_names[] = {"missing", "added", "other_word", "other_spelling"};

struct Place {
  std::uint32_t first, last;  // positions, `last` included
  text::Step step;            // the loosest of its words
  double bits;                // how much the words that agree say
  std::vector<Difference> differences;
};

struct Quotation {
  std::uint32_t from, to;
  double score;  // of the best place, from 0 to 1
  bool formula;
  std::size_t all_places;
  // The best first, then in the order of the corpus. The best is one that goes on where the quotation before ends, if
  // there is one.
  std::vector<Place> places;
};

struct Found {
  std::size_t words = 0;              // of the text
  std::vector<Quotation> quotations;  // in the order of the text; they do not overlap
  std::size_t formulas_left_out = 0, weak_left_out = 0;
  bool partial = false;  // ended by `expired`, or the text repeats itself too often
};

class Finder {
 public:
  // Both outlive it. Takes some milliseconds, and 1 MB for the whole Quran.
  Finder(const columns::CoreFile& core, const search::WordFile& file) : file_(file), words_(core, file) {}

  Found find(std::u32string_view text, const Options& options) const;

  const CorpusWords& words() const { return words_; }

 private:
  const search::WordFile& file_;
  const CorpusWords words_;
  const Formulas formulas_;
};

}  // namespace kalima::quotations
