// Conditions after their names and values were resolved: on a segment or word alone (Condition), and between captures
// (Relation).
//
// Threads: values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "attributes/table.h"
#include "query/plan/lexicon.h"
#include "query/syntax/tree.h"

namespace kalima::query {

// A capture's number.
using Slot = std::uint32_t;
inline constexpr Slot no_slot = 0xFFFFFFFF;

// A number or an attribute in a comparison between captures.
struct Term {
  enum class Of : std::uint8_t {
    number,
    attribute,  // of a capture, or, without slot, of the word or segment itself
    start,      // functions of captures
    end,
    length,
    distance,
    distabs,
    order,
    depth,
    children,
    size,
    frequency,  // f(a.lemma): how often its value occurs
    letters,    // strlen(a.word): code points
  };
  Of of = Of::number;
  std::int64_t number = 0;
  Slot slot = no_slot, other = no_slot;
  attributes::Attribute attribute = {};
  bool in_segments = false;  // distances
  bool here = false;         // attribute of the word or segment itself
};

struct Condition {
  enum class Kind : std::uint8_t {
    always,
    never,
    both,
    either,
    values,    // `left`, an attribute, has one of the values
    present,   // `left`, an attribute, has a value
    related,   // a comparison of `left` and `right`
    captured,  // the capture left.slot exists
    edge,      // an edge leads from capture left.slot to left.other
  };
  Kind kind = Kind::always;
  // Negations are only at leaves, of which a negated one is true where the other is false.
  bool negated = false;
  std::vector<Condition> parts;
  ValueIds values;
  Term left, right;
  Comparison comparison = Comparison::equal;
  std::string edge_type;
  ValueIds edge_types;
  bool any_type = true;
  std::string shown;  // as it was written
};

// A leaf on an attribute of the word or segment itself, or of a region.
Condition on(attributes::Attribute attribute, Condition::Kind kind, bool negated, ValueIds values = {});
// Whether a leaf below needs more than the word or segment itself.
bool needs_captures(const Condition& condition);
// What holds wherever the condition holds, and needs no captures.
Condition without_captures(const Condition& condition);
// Whether a leaf below is on such an attribute (is_segment_level) and not negated.
bool has_positive_segment_test(const Condition& condition);
// Regions of the treebank may begin and end within a word; the others consist of words.
constexpr bool has_segment_borders(attributes::Region region) {
  return region == attributes::Region::sentence || region == attributes::Region::phrase;
}
// Whether the segments of a word may differ in it: an attribute of segments, nodes, or regions with segment borders.
bool is_segment_level(attributes::Attribute attribute);

}  // namespace kalima::query
