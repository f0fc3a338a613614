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

// The same with the starter corpus, which is part of the program.
importers::Counts import_starter(const std::filesystem::path& database, const Progress& progress);
// Imports the starter corpus where there is no `database`, and leaves alone one that is there. True when it
// made it. Of several processes that do so at once one makes it and the others wait.
bool import_starter_if_missing(const std::filesystem::path& database, const Progress& progress);

// The same for a CoNLL-U file.
importers::Counts import_conllu(const std::filesystem::path& file, const std::filesystem::path& database,
                                const Progress& progress);

// Makes the index of a database anew.
void reindex(const std::filesystem::path& database, const Progress& progress);

}  // namespace kalima::app
