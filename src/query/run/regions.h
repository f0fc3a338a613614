// Regions that a query asks for, as places of an axis.
//
// Threads: pure functions; Axis keeps what all queries share.
#pragma once

#include <memory>
#include <vector>

#include "query/plan/plan.h"
#include "query/run/axis.h"
#include "query/run/region_places.h"

namespace kalima::query {

std::shared_ptr<const RegionPlaces> places_of(const Axis& axis, const std::vector<RegionChoice>& choices);
RegionMarks marks_of(const Axis& axis, const std::vector<RegionChoice>& choices);

// Spans that must also lie in one of the regions, which are disjoint.
Fence narrowed(const Axis& axis, const Fence& fence, const std::vector<RegionChoice>& choices);

}  // namespace kalima::query
