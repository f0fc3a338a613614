// What somebody typed into the search box, as phrases of words.
//
//   word word      words that follow each other
//   *  ?           in a word: any letters, one letter. A * alone is any one word
//   a b | c        either phrase
//   -word          not in the same verse; also -"two words", where the marks only say which words go together
//   "word word"    exactly so: marks and all, without particles before a word
//   root:X         a word of that root, lemma:X of that lemma, in Arabic or Latin letters; also root:ك ت ب
//
// Signs that other programs have as operators (~ ^ $ + @ …) are refused with their place. Punctuation, numbers and
// ornaments are between words.
//
// Units: code points. Threads: pure functions, values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "attributes/attribute.h"
#include "text/ladder.h"

namespace kalima::search {

struct WordSet;

struct QueryWord {
  enum class Kind : std::uint8_t {
    word,
    pattern,   // with * or ?
    any_word,  // * alone
    lexeme,    // root: or lemma:
  };
  Kind kind = Kind::word;
  bool exact = false;        // in quotation marks
  text::Word word{U""};      // what was typed, of a word
  std::u32string pattern{};  // letters in modern spelling (text/near.h), * and ?
  // Of a lexeme, root or lemma; `word` is what was typed after the colon.
  attributes::Attribute attribute = attributes::Attribute::root;
  // Words of the corpus that match whatever their form is (lexemes.h).
  std::shared_ptr<const WordSet> also{};
};
using Phrase = std::vector<QueryWord>;

struct TextQuery {
  // As many code points as an address has room for.
  static constexpr std::size_t max_code_points = 10'000;
  static constexpr std::size_t max_words = 2'000;
  static constexpr std::size_t max_phrases = 32;   // that are sought, and that are excluded
  static constexpr std::size_t max_patterns = 16;  // words with wildcards

  std::vector<Phrase> phrases;   // one of them; at least one
  std::vector<Phrase> excluded;  // none of them
};

// Whether it has a root: or lemma: at the beginning of a word.
bool names_lexemes(std::string_view utf8);

// Which letters a word has.
enum class Script : std::uint8_t {
  arabic,
  any,  // but at least one
};

// Throws Error(bad_input), which says where and what to write instead, if nothing is sought, if a word has no such
// letter, for signs that mean nothing here, and beyond the limits above.
TextQuery parse_text_query(std::string_view utf8, Script script = Script::arabic);

// As a query has it that asks for a word or a phrase, and for what is left out.
std::u32string written(const QueryWord& word);
std::u32string written(const Phrase& phrase);
std::u32string written_exclusion(const Phrase& phrase);

}  // namespace kalima::search
