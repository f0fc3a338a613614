#pragma once

#include <optional>
#include <string_view>

#include "support/json.h"

namespace kalima::store {

// JSON that is kept in a database. Throws Error(damaged).
json::Value stored_json(std::string_view text, const json::Limits& limits = {});
// The same for lists, in which one that is damaged leaves the others alone: nullopt for that one.
std::optional<json::Value> readable_json(std::string_view text, const json::Limits& limits = {});

}  // namespace kalima::store
