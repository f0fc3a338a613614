// The old API's derived files of a database.
#pragma once

#include <filesystem>

#include "store/corpus_reader.h"
#include "support/progress.h"

namespace kalima::api::legacy {

// Makes the snapshot (snapshot.h) and has it on the disk. The same database gives the same file.
void build_snapshot(const store::CorpusReader& database, const std::filesystem::path& file,
                    const Progress& progress);

}  // namespace kalima::api::legacy
