// The index of a database: a folder next to it with the core file (the corpus as columns), the snapshot (what the
// old API's answers are made of) and the Xapian terms (which verses contain what). It is derived: if it is missing,
// damaged, of another version or of another database, it is rebuilt.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "corpus/columns/core_file.h"
#include "index/term_index.h"
#include "snapshot/snapshot.h"
#include "store/corpus_reader.h"
#include "support/file_mark.h"
#include "support/held_file.h"
#include "support/progress.h"

namespace kalima::index {

// "quran.db" has its index in "quran.db-index/".
std::filesystem::path folder_of(const std::filesystem::path& database);

// Throws Error(bad_input) when `folder` is there and holds anything but an index: then it is not removed.
void require_replaceable(const std::filesystem::path& folder);

// Makes the index of `database` in `folder`, replacing an existing one only when the new one is complete.
void build(const store::CorpusReader& database, const std::filesystem::path& folder,
           const Progress& progress);

// Makes a second index and says how it differs from the one in `folder`, apart from research written since;
// empty if they agree. Throws Error if the index does not exist.
std::vector<std::string> differences(const store::CorpusReader& database, const std::filesystem::path& folder,
                                     const Progress& progress);

// An index that was opened. Nothing that others do to its files changes what it reads (see files::HeldFile). The snapshot may
// be used from all threads; each worker opens terms of its own.
class Index {
 public:
  // Throws Error(not_found) when a file is missing, Error(bad_input) when the folder does not hold an index of this version,
  // made from this database as it is or was; these a new index cures. Throws Error(io) when the system refuses.
  Index(const std::filesystem::path& folder, const store::CorpusReader& database);

  // Throws Error(bad_input) unless it was made from this database as it is or was.
  void require_of(const store::CorpusReader& database) const;
  const columns::CoreFile& core() const { return core_; }
  const snapshot::Snapshot& snapshot() const { return snapshot_; }
  // Any thread. The index outlives what it gives.
  std::unique_ptr<TermIndex> open_terms() const;

  // True when the folder no longer has the files that were opened, unchanged. A few calls of the system. Any thread.
  bool files_changed() const;
  // True when terms could not be read. Any thread.
  bool unreadable() const { return unreadable_.load(std::memory_order_relaxed); }

 private:
  std::filesystem::path folder_;
  std::optional<files::FileMark> seal_;
  files::HeldFile held_core_, held_snapshot_, held_terms_;
  columns::CoreFile core_;
  snapshot::Snapshot snapshot_;
  mutable std::mutex opening_;
  mutable std::atomic<bool> unreadable_ = false;
};

}  // namespace kalima::index
