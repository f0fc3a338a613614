// Roots and lemmas of a corpus: which of them somebody means, which a word of the texts has, and which words have them.
//
// Units: values are numbers of the core file, entries numbers in the file of words. Threads: immutable after it was made.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/columns/core_file.h"
#include "search/root_input.h"
#include "search/text_query.h"
#include "search/word_file.h"
#include "search/word_match.h"
#include "support/bits.h"
#include "text/ladder.h"
#include "text/sounds.h"
#include "text/steps.h"

namespace kalima::search {

// Words of the corpus.
struct WordSet {
  text::Step step;
  Bits words;                          // by their numbers
  std::vector<std::uint32_t> entries;  // with which they are written, ascending
};

// A root or a lemma.
struct Lexeme {
  attributes::Attribute attribute;  // root or lemma
  std::uint32_t value;
  bool operator==(const Lexeme&) const = default;
};

class Lexemes {
 public:
  // Both outlive the object.
  Lexemes(const columns::CoreFile& core, const WordFile& file);

  // Those that `typed` may mean, all at the strictest reading that fits any: as it is stored, in Buckwalter, letters with the
  // vowels that are written, how it sounds. Of roots only the likeliest. Empty if none.
  std::vector<Lexeme> named(attributes::Attribute attribute, std::string_view typed) const;
  // Whether it is the letters of a root, as they are.
  bool is_root(std::string_view typed) const;
  // Of the words that are written so, most frequent first.
  std::vector<Lexeme> of(std::span<const std::uint32_t> entries, attributes::Attribute attribute) const;
  // The words that have one of them, which are of one attribute.
  std::shared_ptr<const WordSet> words(std::span<const Lexeme> lexemes) const;

 private:
  struct Lemma {
    std::uint32_t value;
    text::Word word;
    std::vector<text::Sound> sounds;
  };
  std::vector<Lexeme> lemmas_named(std::string_view typed) const;
  // The root that is written exactly so in Buckwalter, which comes before all that are only like it.
  std::optional<std::uint32_t> root_written(std::string_view typed) const;

  const columns::CoreFile& core_;
  const WordFile& file_;
  std::vector<std::uint32_t> first_;  // of each entry and one more, an index into of_entry_
  std::vector<Lexeme> of_entry_;
  std::vector<Lemma> lemmas_;
  std::vector<std::string> root_names_;  // in Buckwalter
  std::vector<std::uint32_t> root_values_;
  std::unordered_map<std::string_view, std::uint32_t> roots_by_name_;  // their values
  std::unique_ptr<RootFinder> roots_;
};

// Gives each root: and lemma: of the query its words; without words where none has the name. With a step, lemma or root, also
// each typed word the words of its lemmas or roots.
void find_lexemes(const Lexemes& lexemes, const WordFile& file, std::optional<text::Step> step,
                  const Expired& expired, TextQuery& query);
// The entries that a typed word is, at the strictest step of spelling that finds any; else with or without the article.
std::vector<std::uint32_t> entries_of(const WordFile& file, const text::Word& word, const Expired& expired);

}  // namespace kalima::search
