#pragma once

#include <filesystem>

namespace kalima::store {

// Copies the state of a database at one moment, even while a server writes to it, to a new file that is
// either complete or not made. Throws Error.
void backup(const std::filesystem::path& database, const std::filesystem::path& copy);

}  // namespace kalima::store
