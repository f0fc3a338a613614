// Conditions that need captures, for each start of a set.
#pragma once

#include <cstdint>

#include "query/run/evaluation.h"

namespace kalima::query {

// What begins at the offset and is tested itself; none for a constraint.
enum class Candidate : std::uint8_t { none, word, segment };

// What a condition without a label is on: a segment position, or a node.
struct TestedAt {
  std::uint32_t position = nothing, node = nothing;
};
// Whether it holds with captures that are placed from the beginning of the corpus.
bool holds(Evaluation& evaluation, const Condition& condition, const Shape& shape, TestedAt here);

// The starts for which the condition holds, with the captures where `shape` says.
Starts matching(Evaluation& evaluation, const Condition& condition, const Starts& starts,
                std::uint32_t offset, ShapeId shape, Candidate candidate);

}  // namespace kalima::query
