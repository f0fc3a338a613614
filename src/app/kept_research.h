// The research of a database that an import replaces, taken into the new one.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "corpus/columns/core_file.h"
#include "research/exchange.h"
#include "store/corpus_reader.h"
#include "store/history.h"
#include "support/progress.h"

namespace kalima::app {

struct KeptResearch {
  research::Exchanged done;
  // Documents of verses that the new corpus has not, as a file of `kalima research export`; empty if all are in it.
  std::string left_out;
  store::Revision revision;  // of the former database
};

// Merges the documents of the database that `former` reads, whose core file is `core`, into the new database `made`, whose
// index is complete. A translation as it was published gives way to one of the new database with its id. Nothing may be written to the former one until it returns. Throws Error.
KeptResearch keep_research(const store::CorpusReader& former, const columns::CoreFile& core,
                           const std::filesystem::path& made);
// The same for a copy of the former database, without an index, which may be brought up to date.
KeptResearch keep_research_of_copy(const std::filesystem::path& former, const std::filesystem::path& made,
                                   const Progress& progress);

}  // namespace kalima::app
