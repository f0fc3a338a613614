// From source files to a database with its index.
#pragma once

#include <filesystem>
#include <optional>

#include "importers/counts.h"
#include "importers/public.h"
#include "support/progress.h"

namespace kalima::app {

// Where an import puts its database. What is there may be nothing, an empty file, or a Kalima database; one that holds
// research (store/former_database.h) only with `replace_research`, and a backup of it is kept then.
struct Target {
  std::filesystem::path database;
  bool replace_research = false;
};

struct Imported {
  importers::Counts counts;
  std::optional<std::filesystem::path> backup;  // of the research that was replaced
};

// Import a data folder of the old server, published files, a CoNLL-U file, or the starter corpus, which is part of the
// program. What is at the target is replaced only when the new database is complete with its index. Throw Error, or
// Stopped (support/stop.h); then the former database and its index are as they were. Error(unavailable) when another
// program has the database open, or another import is making it.
Imported import_legacy(const std::filesystem::path& folder, const Target& target, const Progress& progress);
Imported import_public(const importers::PublicFiles& files, const Target& target, const Progress& progress);
Imported import_conllu(const std::filesystem::path& file, const Target& target, const Progress& progress);
Imported import_starter(const Target& target, const Progress& progress);

// Imports the starter corpus where there is no `database`, and leaves alone one that is there. True when it
// made it. Of several processes that do so at once one makes it and the others wait.
bool import_starter_if_missing(const std::filesystem::path& database, const Progress& progress);

// Makes the index of a database anew.
void reindex(const std::filesystem::path& database, const Progress& progress);

}  // namespace kalima::app
