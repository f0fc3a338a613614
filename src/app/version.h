// What this program is made of. Constant texts, for every thread.
#pragma once

#include <string_view>

namespace kalima::app {

// "0.1.0".
std::string_view version();

// What `kalima --version` prints: "kalima 0.1.0", "commit " with the commit's 40 hexadecimal digits (and "
// with changes" when the source was changed since) or `unknown`, "libraries:", and an indented line with name
// and version for each that is linked. No line end after the last.
std::string_view version_text();

}  // namespace kalima::app
