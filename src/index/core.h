// The core file of a database: its corpus as typed columns.
#pragma once

#include <filesystem>

#include "corpus/columns/builder.h"
#include "store/corpus_reader.h"
#include "support/progress.h"

namespace kalima::index {

// Writes the file and has it on the disk. The same database gives the same file.
columns::LeftOut build_core(const store::CorpusReader& database, const std::filesystem::path& file,
                            const Progress& progress);

}  // namespace kalima::index
