// What is left of all spans when only the shortest or longest are wanted, as CQP's matching strategies.
#pragma once

#include <cstddef>

#include "query/run/spans.h"

namespace kalima::query {

// Spans that are not empty; of `size` places.
//   shortest  for each start the shortest; then none that contains another
//   standard  for each start the shortest; then for each end the one that starts first
//   longest   for each start the longest; then none inside another
Spans reduced(Spans spans, Reading reading, std::size_t size);

}  // namespace kalima::query
