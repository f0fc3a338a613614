// The values of a dictionary attribute: numbered from 1 in their order, 0 being a missing value.
//
// The order is by code point, first of the folded key (bare letters in lower case, see text/plain.h), then of the
// value itself, so that the spellings of a word follow each other.
//
// Threads: constant once made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/columns/file.h"

namespace kalima::columns {

std::string folded_key(std::string_view value);

// Gives each text a number while the corpus is read.
class Texts {
 public:
  // The same text gets the same number, 1-based, in the order in which they come.
  std::uint32_t number_of(const std::string& text);
  // The texts in the order of a dictionary; and for each number from 0 the place there, 1-based, 0 for 0.
  std::pair<std::vector<std::string>, std::vector<std::uint32_t>> sorted() const;

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

// A dictionary in the file. Texts live as long as the file is mapped.
class Dictionary {
 public:
  Dictionary() = default;
  Dictionary(std::string_view texts, const Numbers& ends) : texts_(texts), ends_(ends) {}

  std::size_t size() const { return ends_.size(); }
  // `value` from 1 to size(). Throws Error(unavailable) for another one.
  std::string_view text(std::uint32_t value) const;
  // The value of exactly this text.
  std::optional<std::uint32_t> find(std::string_view text) const;
  // The values with this folded key, [first, second).
  std::pair<std::uint32_t, std::uint32_t> with_key(std::string_view key) const;

 private:
  template <typename Before>
  std::uint32_t first_not(Before before) const;

  std::string_view texts_;
  Numbers ends_;
};

}  // namespace kalima::columns
