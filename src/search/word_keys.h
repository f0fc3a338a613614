// The keys by which a text search finds the words of the vocabulary: text::match_key() of each word, of its rest
// after proclitics, and of what follows the article. And their letters as they are written today (text/near.h), for
// what no key can find: wildcards, typing mistakes, words that sound alike.
//
// Units: entries are indexes into the vocabulary, offsets are 0-based code points. Threads: a WordKeys is
// const.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/container.h"
#include "support/rows.h"
#include "support/string_list.h"
#include "text/ladder.h"

namespace kalima::search {

// How many section numbers the keys take, from a base on.
inline constexpr std::uint32_t word_keys_sections = 8;

// A word, or the rest of one, that has a key.
struct KeyedWord {
  std::uint32_t entry;
  std::uint32_t packed;

  enum class Part : std::uint32_t {
    rest,           // the word, or the rest after its proclitics
    elided,         // a rest whose article lost its alif: put one before it (text::Proclitic)
    after_article,  // what follows the article, which the word has
  };
  static constexpr KeyedWord make(std::uint32_t entry, std::uint32_t begin, Part part) {
    return {entry, begin << 2 | static_cast<std::uint32_t>(part)};
  }
  // Where it begins within the entry; 0 for the whole word.
  std::uint32_t begin() const { return packed >> 2; }
  Part part() const { return static_cast<Part>(packed & 3); }
};

// The word that a rest is a part of, as it is compared: of an elided one with its article, لَّهِ being ٱللَّهِ.
text::Word compared_word(std::u32string_view rest, KeyedWord::Part part);

class WordKeysBuilder {
 public:
  // Words in the order of the vocabulary; words longer than text::longest_word have no key. `max_prefixes`:
  // the largest number of prefix segments, without the article, that the word has anywhere in the corpus;
  // nullopt if the corpus does not say, and then every way to read proclitics counts.
  void add(std::u32string_view word, std::optional<std::size_t> max_prefixes);
  void write(ContainerWriter& out, std::uint32_t base) const;

 private:
  std::uint32_t words_ = 0;
  void add_key(std::u32string_view rest, KeyedWord word);
  void add_forms(const text::Letters& rest, KeyedWord word);

  std::map<std::string, std::vector<KeyedWord>> by_key_;
  std::vector<std::uint8_t> has_letters_;
  std::vector<KeyedWord> form_words_;
  std::vector<std::uint32_t> form_offsets_{0};
  std::vector<char32_t> forms_;
};

class WordKeys {
 public:
  // Throws Error(bad_input) if the sections do not fit each other, or the `offsets` of the vocabulary. What is wrong inside
  // them causes Error(unavailable) when it is used.
  WordKeys(const Container& file, std::uint32_t base, Rows<std::uint32_t> offsets);

  // What has this key, in the order of the vocabulary.
  std::vector<KeyedWord> find(std::string_view key) const;
  // The letters of a word or rest, in modern spelling; a word may have two forms, with its dagger alifs and without.
  // In the order of the vocabulary.
  std::size_t forms() const { return form_words_.size(); }
  KeyedWord form_word(std::size_t form) const { return fitting(form_words_[form]); }
  std::u32string_view form(std::size_t number) const {
    return part_of(forms_, form_offsets_[number], form_offsets_[number + 1]);
  }
  // False for an entry that is not a word, such as a pause mark between spaces, or the number of a verse.
  bool has_letters(std::uint32_t entry) const { return has_letters_[entry] != 0; }

 private:
  // Throws unless it begins within its entry.
  KeyedWord fitting(KeyedWord word) const;

  Rows<std::uint32_t> offsets_;  // of each entry of the vocabulary and one more
  StringList keys_;              // sorted
  Rows<std::uint32_t> first_;    // for each key and one more, an index into words_
  Rows<KeyedWord> words_;
  Rows<std::uint8_t> has_letters_;
  Rows<KeyedWord> form_words_;
  Rows<std::uint32_t> form_offsets_;
  std::u32string_view forms_;
};

}  // namespace kalima::search
