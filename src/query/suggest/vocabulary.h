// The values of an attribute as somebody types their beginning: in any spelling, in Buckwalter, or with a mistake.
//
// Made once for each attribute: some milliseconds, and about 2 MB for the words of the Quran. Threads: constant.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/columns/core_file.h"

namespace kalima::query {

struct ValueMatch {
  enum class How : std::uint8_t {
    letters,    // it begins with the letters
    label,      // its English or Arabic label does
    spelling,   // it does in another spelling: the consonants agree
    corrected,  // up to two letters differ
  };
  std::uint32_t value;
  How how;
};

class Vocabulary {
 public:
  // `core` must outlive it.
  Vocabulary(const columns::CoreFile& core, attributes::Attribute attribute);

  // At most `limit` (of an empty text 100) of the values that occur: by how they match, then the most frequent first. A value that differs by
  // letters is only there if no other matches.
  std::vector<ValueMatch> find(std::string_view typed, std::size_t limit) const;
  // In how many words it occurs.
  std::uint32_t words(std::uint32_t value) const { return values_[value].words; }

 private:
  struct Known {
    std::string key;         // bare letters in lower case
    std::string consonants;  // see text::match_key
    std::u32string letters;
    std::uint64_t mask = 0;  // of the letters
    std::uint32_t words = 0;
  };
  bool more_frequent(std::uint32_t a, std::uint32_t b) const;
  void add_with_prefix(std::vector<ValueMatch>& out, std::string_view key, ValueMatch::How how) const;

  const columns::CoreFile& core_;
  const attributes::Attribute attribute_;
  std::vector<Known> values_;                 // by value; 0 is unused
  std::vector<std::uint32_t> by_consonants_;  // values
  std::vector<std::uint32_t> by_key_;
  std::vector<std::uint32_t> frequent_;  // the most frequent ones, in their order
};

}  // namespace kalima::query
