// How often each value of an attribute occurs, and in which words: pure functions of a model.
#pragma once

#include <cstdint>
#include <vector>

#include "corpus/columns/model.h"

namespace kalima::columns {

// `items`: segments, words, regions or nodes that have the value themselves, by the attribute's level. The others
// count what it touches: for a segment its word and verse, for a region all that is in it, for a node its segment,
// with its word, and its verse.
struct Counts {
  std::uint32_t items = 0, segments = 0, words = 0, verses = 0;
  bool operator==(const Counts&) const = default;
};

struct Occurrences {
  std::vector<Counts> counts;  // for each value from 0
  Counts any;                  // of all values but 0 together
  std::vector<Values> words;   // for each value from 1, ascending; empty for attributes of regions and nodes
};
Occurrences occurrences(const Model& model, attributes::Attribute attribute);

// For each value from 1 the analyses, or analyses of words, whose column this is and which have it.
std::vector<Values> holders(const Values& column);

}  // namespace kalima::columns
