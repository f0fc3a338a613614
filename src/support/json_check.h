// Whether a text is JSON, without making a value of it.
#pragma once

#include <string_view>

namespace kalima::json {

// Whether it is exactly one value, in UTF-8. Threads: pure.
bool well_formed(std::string_view text);

}  // namespace kalima::json
