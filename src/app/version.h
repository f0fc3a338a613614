// The program's version and libraries. Threads: constant texts.
#pragma once

#include <string_view>

namespace kalima::app {

// "0.1.0".
std::string_view version();

// What `kalima --version` prints: "kalima 0.1.0", "commit " with the commit's 40 hexadecimal digits (and "
// with changes" if the source was changed since) or `unknown`, "libraries:", and an indented line with name
// and version for each linked library. No line end after the last.
std::string_view version_text();

}  // namespace kalima::app
