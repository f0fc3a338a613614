// From source files to a database with its index.
#pragma once

#include <filesystem>

#include "importers/legacy.h"
#include "support/progress.h"

namespace kalima::app {

// Imports a data folder of the old server into `database`, replacing what is there only when the new one is complete
// with its index. Throws Error; then the former database and index are as they were.
importers::Counts import_legacy(const std::filesystem::path& folder, const std::filesystem::path& database,
                                const Progress& progress);

// The same for a CoNLL-U file.
importers::Counts import_conllu(const std::filesystem::path& file, const std::filesystem::path& database,
                                const Progress& progress);

// Makes the index of a database anew.
void reindex(const std::filesystem::path& database, const Progress& progress);

}  // namespace kalima::app
