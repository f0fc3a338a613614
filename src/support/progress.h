// Progress messages of a long import or index run.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace kalima {

// Called from time to time with the step ("verses"), the amount done and the total (0 if unknown), from the
// thread that does the work. The unit depends on the step: bytes when a file is read, else what the step
// counts. It may throw, which ends the work.
using Progress = std::function<void(std::string_view step, std::size_t done, std::size_t whole)>;

}  // namespace kalima
