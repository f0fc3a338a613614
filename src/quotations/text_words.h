// A text as words that may be words of the corpus.
//
// A form is one way to write one to three words of the text as one word: each distinct word, and those that modern
// spelling writes apart (يا أيها). A class has all forms and entries whose consonants are the same (text::match_key).
//
// Units: words, forms, items and entries are 0-based; classes from 1. Threads: one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "quotations/corpus_words.h"
#include "quotations/spelled.h"
#include "search/word_file.h"
#include "text/ladder.h"
#include "text/tokens.h"

namespace kalima::quotations {

struct Form {
  Spelled spelled;
  std::uint32_t of_class;  // 0: no entry has its consonants
  double bits;             // what it says that a word is of its class: the rarer, the more
};

// Punctuation before a word.
enum class Break : std::uint8_t { none, comma, sentence };

// Words of the text that are read as one.
struct Item {
  std::uint32_t first, size;
  std::uint32_t form;
};

class TextWords {
 public:
  TextWords(std::u32string_view text, const search::WordFile& file, const CorpusWords& corpus);

  std::size_t size() const { return tokens_.size(); }
  const text::Token& token(std::uint32_t word) const { return tokens_[word]; }
  // The word alone, and all items that begin with it and have a class.
  const Form& form_of(std::uint32_t word) const { return forms_[alone_[word]]; }
  std::uint32_t form_number(std::uint32_t word) const { return alone_[word]; }
  const Form& form(std::uint32_t number) const { return forms_[number]; }
  const std::vector<Item>& items() const { return items_; }
  // [first, second) of items that begin with this word.
  std::pair<std::uint32_t, std::uint32_t> items_at(std::uint32_t word) const {
    return {first_item_[word], first_item_[word + 1]};
  }
  // What ends before this word.
  Break break_before(std::uint32_t word) const { return breaks_[word]; }
  std::uint32_t class_of_entry(std::uint32_t entry) const { return class_of_entry_[entry]; }

  // The step at which a form is the word of an entry; nullopt if it is another word.
  std::optional<text::Step> step(std::uint32_t form, std::uint32_t entry);
  // Of the file of words.
  const Spelled& entry(std::uint32_t number) { return entries_[number]; }

 private:
  std::uint32_t add_form(std::u32string_view word);

  const search::WordFile& file_;
  const CorpusWords& corpus_;
  Entries entries_{file_};
  std::vector<text::Token> tokens_;
  std::vector<Form> forms_;
  std::unordered_map<std::u32string, std::uint32_t> form_numbers_;
  std::unordered_map<std::string, std::uint32_t> class_numbers_;
  std::vector<Break> breaks_;         // before each word
  std::vector<std::uint32_t> alone_;  // by word
  std::vector<Item> items_;           // by their first word
  std::vector<std::uint32_t> first_item_;
  std::vector<std::uint32_t> class_of_entry_;
  std::vector<double> class_bits_{0};
  std::unordered_map<std::uint64_t, std::uint8_t> steps_;  // those found, from 1; 0: none
};

}  // namespace kalima::quotations
