#pragma once

#include <cstdint>
#include <filesystem>

namespace kalima::app {

// Takes back an entry of a database's history; a running server sees it within a second. Returns the number
// of the new entry. Throws Error.
std::int64_t undo(const std::filesystem::path& database, std::int64_t entry);

}  // namespace kalima::app
