// How far an import is, from the steps that it reports (support/progress.h).
#pragma once

#include <cstddef>
#include <string_view>

namespace kalima::app {

// From 0 to 1; of a step that is not known, 0. Threads: pure function.
double progress_of(std::string_view step, std::size_t done, std::size_t whole);

}  // namespace kalima::app
