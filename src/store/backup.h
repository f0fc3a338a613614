#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace kalima::store {

// Copies a database as it is at one moment, also while a server writes to it, to a new file that is complete or not
// there at all. Throws Error.
void backup(const std::filesystem::path& database, const std::filesystem::path& copy);

// What SQLite finds wrong with the file and its references; empty when all is well.
std::vector<std::string> problems(const std::filesystem::path& database);

}  // namespace kalima::store
