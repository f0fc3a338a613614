#pragma once

#include <span>
#include <string_view>

namespace kalima::app {

struct License {
  std::string_view name;  // of the library, or "kalima"
  std::string_view text;  // as its authors publish it, UTF-8
};

// Of the program and of all that is linked into it, the compiler's and the system's libraries among it. The program's own
// comes first. In the program's memory, as long as it runs.
std::span<const License> licenses();

}  // namespace kalima::app
