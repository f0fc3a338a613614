#pragma once

#include <string>

namespace kalima::app {

// The licences of the program and of everything linked into it, including the libraries of the compiler and
// the system, each under its name, as their authors publish them. UTF-8. The program's own licence comes
// first.
std::string licenses();

}  // namespace kalima::app
