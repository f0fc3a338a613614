// How the value of each attribute is computed: the one place to extend for a new attribute.
//
// Threads: constant, and the functions are pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "attributes/table.h"
#include "corpus/columns/input.h"
#include "corpus/columns/model.h"
#include "corpus/divisions.h"
#include "corpus/features.h"
#include "corpus/treebank.h"

namespace kalima::columns {

// Missing; the text of a dictionary attribute; the number of a number, the place of an enumerated value among the
// attribute's values, 0 or 1 for a flag.
using Value = std::variant<std::monostate, std::string, std::uint32_t>;

// A segment with its features as implied; what they lack of the part of speech comes from the tag.
struct ReadSegment {
  const Segment& segment;
  corpus::Features features;
};
ReadSegment read(const Segment& segment);

struct ReadWord {
  const Word& word;
  std::span<const ReadSegment> segments;
  std::uint32_t position;  // in its verse, 1-based
};
// The first stem; nullptr when the word has none.
const ReadSegment* stem_of(const ReadWord& word);

// One region.
struct ReadRegion {
  std::uint32_t number;      // of the part, the ayah of a verse; 1-based
  corpus::VersePlace verse;  // the first
  std::string_view kind;     // of a phrase
};

struct ReadNode {
  const corpus::SyntaxNode& node;
  std::optional<std::uint32_t> depth;
};

// One of these for each attribute.
struct OfSegment {
  Value (*value)(const ReadSegment&);
};
struct OfWord {
  Value (*value)(const ReadWord&);
};
struct OfRegion {
  Value (*value)(const ReadRegion&);
};
struct OfNode {
  Value (*value)(const ReadNode&);
};
// The cell of a segment in the table of the attribute's source; a word has that of its first segment with one.
struct OfCell {
  std::string_view column, other_name;  // how the column is called, and how in other releases
  Value (*value)(std::string_view cell);
};
// Of each word or region; what it is compared with is all of the text.
struct OfText {
  Values (*values)(const Model&);
};
using Rule = std::variant<std::monostate, OfSegment, OfWord, OfRegion, OfNode, OfCell, OfText>;

const Rule& rule(attributes::Attribute attribute);

}  // namespace kalima::columns
