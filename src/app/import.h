// From source files to a database with its index.
#pragma once

#include <filesystem>
#include <optional>

#include "importers/counts.h"
#include "importers/limits.h"
#include "importers/public.h"
#include "research/exchange.h"
#include "support/progress.h"

namespace kalima::app {

// Where an import puts its database. The file may be missing, empty, or a Kalima database. A database that
// holds research (store/former_database.h) is replaced only with `replace_research` or `keep_research`, after a backup.
struct Target {
  std::filesystem::path database;
  bool replace_research = false;
  // Its documents are merged into the new database by surah, ayah and word.
  bool keep_research = false;
  // Everything is read and checked as for an import, but nothing is made or changed; the index is not tried.
  bool check_only = false;
  // How large files may be.
  importers::Limits limits = {};
};

struct Imported {
  importers::Counts counts;
  bool replaced = false;                        // a Kalima database; with check_only, one that would be
  bool in_use = false;                          // with check_only: another program has it open
  std::optional<std::filesystem::path> backup;  // of the research that was, or would be, replaced
  std::optional<research::Exchanged> kept;      // what became of it with keep_research
  std::optional<std::filesystem::path>
      left_out;  // a file with the documents whose verses the new corpus has not
};

// Import a data folder of the old server, published files, a CoNLL-U file, or the starter corpus, which is
// part of the program. An existing database is replaced only when the new one and its index are complete.
// Throw Error, or Stopped (support/stop.h); then the former database and its index are unchanged.
// Error(unavailable) if another program has the database open, or another import is making it.
Imported import_legacy(const std::filesystem::path& folder, const Target& target, const Progress& progress);
Imported import_public(const importers::PublicFiles& files, const Target& target, const Progress& progress);
Imported import_conllu(const std::filesystem::path& file, const Target& target, const Progress& progress);
Imported import_starter(const Target& target, const Progress& progress);

// Imports the starter corpus if `database` is missing, and leaves an existing one alone. True if it made it.
// Of several processes that do so at once, one makes it and the others wait.
bool import_starter_if_missing(const std::filesystem::path& database, const Progress& progress);

// Rebuilds the index of a database.
void reindex(const std::filesystem::path& database, const Progress& progress);

}  // namespace kalima::app
