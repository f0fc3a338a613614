// What a long import or index run says while it works.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace kalima {

// Called now and then with the step ("verses"), what is done and the whole (0 when unknown), from the thread that does
// the work. The unit is the step's own: bytes of a file that is read, else what the step counts. It may throw, which
// ends the work.
using Progress = std::function<void(std::string_view step, std::size_t done, std::size_t whole)>;

}  // namespace kalima
