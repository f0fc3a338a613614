// The index of a database: a folder beside it with the core file (the corpus as columns), the snapshot (what the
// old API's answers are made of) and the Xapian terms (which verses hold what). It is derived: missing, damaged,
// of another version or of another database means that it is made anew.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "corpus/columns/core_file.h"
#include "index/term_index.h"
#include "snapshot/snapshot.h"
#include "store/corpus_reader.h"
#include "support/progress.h"

namespace kalima::index {

// "quran.db" has its index in "quran.db-index/".
std::filesystem::path folder_of(const std::filesystem::path& database);

// Throws Error(bad_input) when `folder` is there and holds anything but an index: then it is not removed.
void require_replaceable(const std::filesystem::path& folder);

// Makes the index of `database` in `folder`, replacing what is there only when the new one is complete.
void build(const store::CorpusReader& database, const std::filesystem::path& folder,
           const Progress& progress);

// Makes an index beside the one in `folder` and says in what they differ, research written since apart; empty when they
// agree. Throws Error when there is none to compare with.
std::vector<std::string> differences(const store::CorpusReader& database, const std::filesystem::path& folder,
                                     const Progress& progress);

// An index that was opened. The snapshot may be used from all threads; each worker opens terms of its own.
class Index {
 public:
  // Throws Error when the folder does not hold an index of this version, made from this database as it is or was.
  Index(const std::filesystem::path& folder, const store::CorpusReader& database);

  const columns::CoreFile& core() const { return core_; }
  const snapshot::Snapshot& snapshot() const { return snapshot_; }
  std::unique_ptr<TermIndex> open_terms() const;

 private:
  std::filesystem::path folder_;
  columns::CoreFile core_;
  snapshot::Snapshot snapshot_;
};

}  // namespace kalima::index
