// The keys by which a text search finds the words of the vocabulary: text::match_key() of each word, and of
// its rest after proclitics.
//
// Units: entries are indexes into the vocabulary, offsets are 0-based code points. Threads: a WordKeys is
// const.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/container.h"
#include "support/string_list.h"

namespace kalima::search {

// How many section numbers the keys take, from a base on.
inline constexpr std::uint32_t word_keys_sections = 5;

// A word, or the rest of one, that has a key.
struct KeyedWord {
  std::uint32_t entry;
  std::uint32_t packed;

  // Where it begins within the entry; 0 for the whole word.
  std::uint32_t begin() const { return packed >> 1; }
  // Whether to put an alif before it: see text::Proclitic.
  bool elided_article() const { return (packed & 1) != 0; }
};

class WordKeysBuilder {
 public:
  // Words in the order of the vocabulary; words longer than text::longest_word have no key. `max_prefixes`:
  // the largest number of prefix segments, without the article, that the word has anywhere in the corpus;
  // nullopt if the corpus does not say, and then every way to read proclitics counts.
  void add(std::u32string_view word, std::optional<std::size_t> max_prefixes);
  void write(ContainerWriter& out, std::uint32_t base) const;

 private:
  std::uint32_t words_ = 0;
  std::map<std::string, std::vector<KeyedWord>> by_key_;
  std::vector<std::uint8_t> has_letters_;
};

class WordKeys {
 public:
  // Throws Error(bad_input) if the sections are damaged or do not fit the vocabulary's `offsets`.
  WordKeys(const Container& file, std::uint32_t base, std::span<const std::uint32_t> offsets);

  // What has this key, in the order of the vocabulary.
  std::span<const KeyedWord> find(std::string_view key) const;
  // False for an entry of signs only, such as a pause mark between spaces.
  bool has_letters(std::uint32_t entry) const { return has_letters_[entry] != 0; }

 private:
  StringList keys_;                       // sorted
  std::span<const std::uint32_t> first_;  // for each key and one more, an index into words_
  std::span<const KeyedWord> words_;
  std::span<const std::uint8_t> has_letters_;
};

}  // namespace kalima::search
