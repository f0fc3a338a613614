// The facts of a database, in its table `meta`: a text under each key.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/sqlite.h"

namespace kalima::store {

// Both take time in proportion to the number of facts, whatever their size. Threads: like the connection.

// Nullopt if it is missing.
std::optional<std::string> fact(const Connection& connection, std::string_view key);
// In place of the one of this key, if there is one.
void set_fact(Connection& connection, std::string_view key, std::string_view value);

}  // namespace kalima::store
