// What is to be evaluated: the tree of the query with every name and value resolved against the table of attributes
// and a core file.
//
// Threads: values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attributes/region_values.h"
#include "query/plan/condition.h"
#include "query/plan/options.h"
#include "query/plan/values.h"
#include "query/syntax/tree.h"

namespace kalima::query {

// Regions of one kind; those whose attributes have the values, if any are given.
struct RegionChoice {
  attributes::Region region = {};
  std::vector<Condition> attributes;
};

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
  std::int32_t low = 0, high = 0;  // meet: words; inside: how many words or regions (high)
};

struct Plan {
  PlanNode root;
  Reading reading = Reading::all;
  std::vector<std::string> labels;  // of the slots
  // No part of the query looks inside a word, so that it counts in words instead of segments.
  bool words_only = true;
  std::vector<std::string> notes;
  std::vector<FoundAt> steps;
};

// Throws QueryError; `text` is the query, for the places of errors.
Plan plan(const Query& query, std::string_view text, const Lexicon& lexicon, const Options& options,
          const std::function<bool()>& stopped);

// For people: a line for each part, indented.
std::string print(const Plan& plan);

}  // namespace kalima::query
