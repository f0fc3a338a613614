#pragma once

#include <filesystem>

namespace kalima::store {

// Throws Error(unavailable) when another process, such as a running server, has the database open. A file that is not
// there or is no database is in nobody's use. Nothing in the file changes.
void require_unused(const std::filesystem::path& database);

}  // namespace kalima::store
