// The folders of notes and resources.
//
// An import of a data folder records in the database where they are. A database may come from a stranger, who could name
// any folder of this machine in it, so a folder that a database names is used only if this user imported it: each import
// also leaves a file about it in the user's folder for Kalima (paths.h).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "store/corpus_reader.h"

namespace kalima::app {

struct LibraryFolders {
  std::optional<std::filesystem::path> notes, resources;
  // Those that the database names and that are not used, UTF-8: missing now, or not imported by this user.
  std::vector<std::string> missing, foreign;
};

// `notes`, `resources`: those that the user names instead.
LibraryFolders library_folders(const store::CorpusReader& database,
                               const std::optional<std::filesystem::path>& notes,
                               const std::optional<std::filesystem::path>& resources);

// Call after an import, for the database that it made: its folders will be used. Where nothing can be noted, a warning
// goes to the log.
void remember_library_folders(const store::CorpusReader& database);

}  // namespace kalima::app
