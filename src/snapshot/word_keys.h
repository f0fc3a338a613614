// Under which keys the words of the vocabulary are found in a text search: text::match_key() of each, and of
// what is left of it behind proclitics.
//
// Units: entries are places in the vocabulary, offsets are 0-based code points. Threads: a WordKeys is const.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "snapshot/container.h"
#include "snapshot/strings.h"

namespace kalima::snapshot {

// The numbers of the sections that the keys take, from a base on.
inline constexpr std::uint32_t word_keys_sections = 5;

// A word, or the rest of one, that has a key.
struct KeyedWord {
  std::uint32_t entry;
  std::uint32_t packed;

  // Where it begins within the entry; 0 for the whole word.
  std::uint32_t begin() const { return packed >> 1; }
  // Put an alif before it: see text::Proclitic.
  bool elided_article() const { return (packed & 1) != 0; }
};

class WordKeysBuilder {
 public:
  // Words in the order of the vocabulary; those over text::longest_word have no key. `max_prefixes`: how
  // many prefix segments but the article the word has in the corpus where it has most; nothing when the
  // corpus does not say, and then every way to read proclitics counts.
  void add(std::u32string_view word, std::optional<std::size_t> max_prefixes);
  void write(ContainerWriter& out, std::uint32_t base) const;

 private:
  std::uint32_t words_ = 0;
  std::map<std::string, std::vector<KeyedWord>> by_key_;
  std::vector<std::uint8_t> has_letters_;
};

class WordKeys {
 public:
  // Throws Error(bad_input) when the sections are damaged or do not fit the vocabulary's `offsets`.
  WordKeys(const Container& file, std::uint32_t base, std::span<const std::uint32_t> offsets);

  // What has this key, in the order of the vocabulary.
  std::span<const KeyedWord> find(std::string_view key) const;
  // False for an entry that is nothing but signs: a pause mark between blanks.
  bool has_letters(std::uint32_t entry) const { return has_letters_[entry] != 0; }

 private:
  StringList keys_;                       // sorted
  std::span<const std::uint32_t> first_;  // for each key and one more, a place in words_
  std::span<const KeyedWord> words_;
  std::span<const std::uint8_t> has_letters_;
};

}  // namespace kalima::snapshot
