// A new corpus: a database with its index, which is made beside the one that it will replace.
#pragma once

#include <filesystem>
#include <functional>

#include "importers/counts.h"
#include "store/corpus_writer.h"
#include "support/progress.h"

namespace kalima::app {

// Reads the sources into a database.
using Fill = std::function<importers::Counts(store::CorpusWriter&)>;

// Makes the database `made`, without an index. Throws Error, or what the progress callback throws; a part of the file may
// be left then.
importers::Counts fill_database(const std::filesystem::path& made, const Fill& fill);
// Makes the index of such a database.
void complete_corpus(const std::filesystem::path& made, const Progress& progress);
// Both.
importers::Counts make_corpus(const std::filesystem::path& made, const Fill& fill, const Progress& progress);

// Where a backup of a database that is replaced goes: "quran.db.backup-20261128-0740", with -2, -3 … if that is taken.
std::filesystem::path backup_name(const std::filesystem::path& database);
// The file of what of its research has no place in the new corpus, beside that backup.
std::filesystem::path left_out_name(const std::filesystem::path& backup);

}  // namespace kalima::app
