#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace kalima::store {

// Copies the state of a database at one moment, even while a server writes to it, to a new file that is
// either complete or not made. Throws Error.
void backup(const std::filesystem::path& database, const std::filesystem::path& copy);

// What SQLite finds wrong with the file and its references, and whether the corpus is the one that was imported; empty if
// all is well.
std::vector<std::string> problems(const std::filesystem::path& database);

}  // namespace kalima::store
