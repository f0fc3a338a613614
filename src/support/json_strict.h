// JSON of which every member counts: an object that has a key twice is an error, where json::parse() takes the last value.
#pragma once

#include <string_view>

#include "support/json.h"

namespace kalima::json {

// Otherwise as parse().
Value parse_without_repeated_keys(std::string_view text);

}  // namespace kalima::json
