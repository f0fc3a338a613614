// The search for words and phrases by spelling: text/ladder.h says when two words are the same.
//
// A word of the query is looked up by its key among the distinct words of the texts, and each word with that
// key is compared; then the verses are walked once. Units: verses are 0-based numbers, words are those of the morphology,
// 1-based in their verse, offsets are 0-based code points of the verse's text. Threads: pure functions of the file.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "search/word_file.h"
#include "text/ladder.h"

namespace kalima::search {

struct TextQuery {
  static constexpr std::size_t max_words = 16;
  static constexpr std::size_t max_code_points = 400;

  // A word, or a phrase: words that follow each other.
  std::vector<text::Word> words;
};

// Splits a text at white space and punctuation; words of signs only are left out. Throws Error(bad_input) if
// there is no word, if a word has no Arabic letter, and beyond the limits above.
TextQuery parse_text_query(std::string_view utf8);

struct TextOptions {
  text::Step loosest = text::loosest_step;
  // Whether words with proclitics before the sought word match.
  bool proclitics = true;
  // Which of the found verses are returned.
  std::size_t offset = 0, limit = 50;
  // Called from time to time: true ends the search with what it has found.
  std::function<bool()> expired = [] { return false; };
};

// A word of a text that matches a word of the query.
struct TextWord {
  std::uint32_t word;  // 0: the text there is no word of the morphology, such as the basmala before a verse
  std::uint32_t from, to;  // the part that matches: the word without its proclitics
  std::uint32_t entry;     // in the file of words
  std::uint32_t begin;     // the part within the entry
  text::Step step;
};

struct TextHit {
  text::Step step;  // the loosest step of its words
  std::vector<TextWord> words;
};

struct TextVerse {
  std::uint32_t verse;
  std::vector<TextHit> hits;  // in the order of their first words; phrases may overlap
};

struct TextFound {
  std::size_t verses = 0, hits = 0;  // in all
  bool partial = false;              // ended by `expired`: there may be more
  std::vector<TextVerse> results;    // in the order of the corpus
};

TextFound search_text(const WordFile& words, const TextQuery& query, const TextOptions& options);

}  // namespace kalima::search
