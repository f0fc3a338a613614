// Files that are read in many small blocks, so that what a reader keeps between two of them is tried too.
#pragma once

#include "importers/limits.h"

namespace kalima::fuzzing {

inline constexpr importers::Limit small_blocks{importers::Limit::none, importers::Limit::none, 64};

}  // namespace kalima::fuzzing
