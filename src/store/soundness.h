// Whether a database is sound.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "store/sqlite.h"

namespace kalima::store {

// What SQLite finds wrong with the file and its references, and whether the corpus is the one that was imported; empty if
// all is well. Reads all of it. Throws Error if it cannot be opened.
std::vector<std::string> problems(const std::filesystem::path& database);

// Throws Error(damaged) if what SQLite keeps about the tables that users write is not in order: it would then not find
// some rows, and say nothing. Takes time in proportion to what was written, whatever the size of the corpus. What a row
// says is not checked.
void require_sound_research(const Connection& connection);

}  // namespace kalima::store
