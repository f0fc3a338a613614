// From source files to a database with its index.
#pragma once

#include <filesystem>

#include "importers/counts.h"
#include "importers/public.h"
#include "support/progress.h"

namespace kalima::app {

// Import a data folder of the old server, or published files, into `database`, replacing what is there only
// when the new one is complete with its index. Throw Error; then the former database and index are as they
// were.
importers::Counts import_legacy(const std::filesystem::path& folder, const std::filesystem::path& database,
                                const Progress& progress);
importers::Counts import_public(const importers::PublicFiles& files, const std::filesystem::path& database,
                                const Progress& progress);

// Makes the index of a database anew.
void reindex(const std::filesystem::path& database, const Progress& progress);

}  // namespace kalima::app
