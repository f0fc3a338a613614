// What is to be evaluated: the tree of the query with every name and value resolved against the table of attributes
// and a core file.
//
// Threads: values.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "attributes/region_values.h"
#include "query/plan/condition.h"
#include "query/plan/options.h"
#include "query/plan/values.h"
#include "query/syntax/tree.h"

namespace kalima::query {

// A part with an unbounded repetition spans no more words than this, nor does any run that repeat() finds without a
// query.
inline constexpr std::uint32_t max_unbounded_words = 500;

// Regions of one kind; those whose attributes have the values, if any are given.
struct RegionChoice {
  attributes::Region region = {};
  std::vector<Condition> attributes;
};

// An edge of a tree; where it leads is a part of the node.
struct PlanEdge {
  bool negated = false, optional = false;
  bool up = false, path = false;
  bool any_type = true;
  ValueIds types;
  Count length;
  Slot slot = no_slot;  // captures the dependent, whose relation the edge is
  std::string shown;
};

struct Plan;

struct PlanNode {
  enum class Kind : std::uint8_t {
    word,
    segment,
    tag,
    look,
    here,
    meet,  // parts: first, second
    unite,
    sequence,
    both,
    either,
    repeat,
    capture,
    negated,
    filter,  // parts: of, by
    inside,
    constrained,
    // Of trees: an either, capture or constrained that is an end of an edge has such nodes as parts.
    any,       // any node
    tree,      // parts: the first node, then where the edges lead
    top,       // parts: the top of a tree; one edge, whose type is its relation
    element,   // a node of what `slot` captures in its part
    cover,     // of a part, a tree: from the first to the last of `covered`
    phrase,    // of a part, an end of an edge: the phrases whose node it is
    named,     // what `query` finds, without its captures
    repeated,  // parts: of what, and of what it occurs again; none for any run of words
    similar,   // parts: of what, and to what
  };
  Kind kind = Kind::sequence;
  std::vector<PlanNode> parts;
  Condition condition;  // word, segment, here, constrained
  Count count;          // repeat
  Slot slot = no_slot;  // capture
  Tag::Part part = Tag::Part::whole;
  std::vector<RegionChoice> regions;  // tag: one of them; meet, inside: at most one
  bool ahead = true, negative = false;
  Filter::Kind filter = Filter::Kind::within;
  std::vector<PlanEdge> edges;
  std::vector<Slot> covered;  // cover: captures that hits do not show
  bool with_first = false;    // cover: the first node too
  std::int32_t
      low = 0,
      high = 0;  // meet, repeated: words; inside: how many words or regions (high); similar: percent (low)
  std::shared_ptr<const Plan> query;  // named
  attributes::Attribute by = {};      // repeated, similar
  // repeated: whether all words are the same, or all but one, which `slot` captures.
  bool same = true, differing = false;
};

struct Plan {
  PlanNode root;
  Reading reading = Reading::all;
  std::vector<std::string> labels;  // of the slots
  std::uint32_t elements = 0;       // further slots, for elements that edges leave
  std::uint32_t slots() const { return static_cast<std::uint32_t>(labels.size()) + elements; }
  // No part of the query looks inside a word, so that it counts in words instead of segments.
  bool words_only = true;
  std::vector<std::string> notes;
  std::vector<FoundAt> steps;
  std::vector<std::string> names;  // those that it uses, directly or not: $list, @query; each once
  std::string name;                // of a query that another one names
};

// The start or end tag that is all of a query, the only one whose hits are empty; nullptr for others.
const PlanNode* tag_alone(const PlanNode& root);

// Throws QueryError; `text` is the query, for the places of errors.
Plan plan(const Query& query, std::string_view text, const Lexicon& lexicon, const Options& options,
          const std::function<bool()>& stopped);

// For people: a line for each part, indented.
std::string print(const Plan& plan);

}  // namespace kalima::query
