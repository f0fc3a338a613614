// Imports a data folder of the old server:
//
//   datasets/corpus/quran.jsonl               the corpus, required
//   datasets/corpus/tags.json                 tags and saved patterns
//   datasets/corpus/metadata.json             where the corpus comes from
//   datasets/quranic/Quranic/Quranic.csv      the treebank
//   datasets/masaq/MASAQ.csv                  MASAQ
//   notes/, datasets/resources/               are not copied; their paths are recorded
//
// Files may have a byte order mark and CRLF line ends.
#pragma once

#include <filesystem>

#include "importers/counts.h"
#include "importers/limits.h"
#include "store/corpus_writer.h"
#include "support/progress.h"

namespace kalima::importers {

// Reads the folder into `writer`; the caller calls finish(). Throws Error(bad_input) "FILE:LINE: what is
// wrong, what was expected", Error(not_found) if the corpus file is missing.
Counts import_legacy(const std::filesystem::path& folder, const Limits& limits, store::CorpusWriter& writer,
                     const Progress& progress);

}  // namespace kalima::importers
