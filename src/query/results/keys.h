// What hits are sorted and grouped by, and which columns a line has: "before.lemma", "-a.root", "pos".
//
// A key is a place and an attribute, with a dot between them; without a place it is of the match, without an attribute
// it is the written word. Places are
//
//   match              the hit; of several words the first; of a tag alone the word that begins, or ends, there
//   before, before2 …  the word before it, the one before that …
//   after, after2 …    likewise after it
//   LABEL              what the query captured
//
// A word has the values of its stem, a hit or capture of one segment its own (R10 of the language). A column has those of the
// words around the hit too; in the hit, of a later word of which it is a single segment those of the segment.
//
// Threads: values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "attributes/table.h"

namespace kalima::query {

inline constexpr std::uint32_t max_distance = 50;  // of before and after, in words
inline constexpr std::size_t max_sort_keys = 8, max_group_keys = 3, max_columns = 16;

struct Key {
  enum class Where : std::uint8_t { match, before, after, capture };
  Where where = Where::match;
  std::uint32_t distance = 1;  // of before and after, in words
  std::uint32_t label = 0;     // of capture: in Found::labels()
  attributes::Attribute attribute = attributes::Attribute::word;
  bool descending = false;
};

// With commas between them. Each may begin with "-", for descending, if `may_descend`. Throws Error(bad_input) with the
// column, in code points from 1, and the nearest names.
std::vector<Key> read_keys(std::string_view text, const std::vector<std::string>& labels, std::size_t max,
                           bool may_descend);
// `listed` says which attributes there are, where none is near.
inline constexpr std::string_view attributes_listed = "GET /api/v1/attributes lists the attributes";
std::vector<attributes::Attribute> read_columns(std::string_view text,
                                                std::string_view listed = attributes_listed);
attributes::Attribute read_attribute(std::string_view text, std::string_view listed = attributes_listed);

// As it is read, without "-".
std::string name_of(const Key& key, const std::vector<std::string>& labels);

}  // namespace kalima::query
