#pragma once

#include <string>

namespace kalima::app {

// The licences of the program and of all that is linked into it, the compiler's and the system's libraries among it,
// each under its name, as their authors publish them. UTF-8. The program's own comes first.
std::string licenses();

}  // namespace kalima::app
