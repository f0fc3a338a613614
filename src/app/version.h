#pragma once

#include <string_view>

namespace kalima::app {

// "0.1.0".
std::string_view version();

}  // namespace kalima::app
