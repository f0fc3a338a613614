// Writes a data folder of the old server, the reverse of importers/legacy.h, with everything that was
// imported and written since. Every verse is the JSON that was read, keys in their order, changed only where
// users changed it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>

#include "store/corpus_reader.h"
#include "support/progress.h"

namespace kalima::exporters {

struct ExportCounts {
  std::size_t verses = 0, treebank_rows = 0, masaq_rows = 0, files = 0;  // files: notes and resources
};

// Files that are not in the database.
struct ExportFolders {
  std::optional<std::filesystem::path> notes, resources;
};

// `folder` must be missing or empty; it is complete, or as before. Throws Error, Stopped.
ExportCounts export_legacy(const store::CorpusReader& database, const ExportFolders& folders,
                           const std::filesystem::path& folder, const Progress& progress);

}  // namespace kalima::exporters
