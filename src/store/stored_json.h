#pragma once

#include <string_view>

#include "support/json.h"

namespace kalima::store {

// JSON that is kept in a database. Throws Error(damaged).
json::Value stored_json(std::string_view text, const json::Limits& limits = {});
// The same for a text that is passed on as it is.
void require_stored_json(std::string_view text);

}  // namespace kalima::store
