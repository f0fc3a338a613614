// The index of a database: a folder next to it with everything that is derived from it. If it is missing, damaged, of
// another version or of another database, it is rebuilt.
//
//   core          the corpus as typed columns (corpus/columns/)
//   words         the words of the texts, for text search (search/word_file.h)
//   legacy        what the old API's answers are made of (api/legacy/derived/)
//   legacy-terms  which verses contain what, for the old API's searches
//   seal, marks   checksums of these, and what they were when they were verified (seal.h)
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/legacy/derived/snapshot.h"
#include "app/seal.h"
#include "corpus/columns/core_file.h"
#include "index/term_index.h"
#include "search/word_file.h"
#include "store/corpus_reader.h"
#include "support/error.h"
#include "support/file_mark.h"
#include "support/open_file.h"
#include "support/progress.h"

namespace kalima::app {

// "quran.db" has its index in "quran.db-index/".
std::filesystem::path index_folder(const std::filesystem::path& database);

// Throws Error(bad_input) when `folder` is there and holds anything but an index: then it is not removed.
void require_replaceable_index(const std::filesystem::path& folder);

// Makes the index of `database` in `folder`, replacing an existing one only when the new one is complete. Throws
// Error(damaged) if the corpus is not the one that was imported.
void build_index(const store::CorpusReader& database, const std::filesystem::path& folder,
                 const Progress& progress);

// Makes a second index and says how it differs from the one in `folder`, apart from research written since;
// empty if they agree. Throws Error if the index does not exist.
std::vector<std::string> index_differences(const store::CorpusReader& database,
                                           const std::filesystem::path& folder, const Progress& progress);

// The core file of a database's index alone, for what only asks. Throws Error(not_found) when it is missing, Error(bad_input) when it is of
// another version or database; these a new index cures.
columns::CoreFile open_core(const std::filesystem::path& database);

// An index that was opened. Its files are mapped where they are, and nothing is read in full if they are known (seal.h). When
// another program writes into them, wrong bytes may be read, but nothing worse happens: intact() tells. Everything in it may be used
// from all threads; each opens terms of its own.
class Index {
 public:
  enum class Files : std::uint8_t {
    columns,  // the core file and the words, from which /api/v1 answers
    legacy,   // those of the old API
  };

  // Throws Error(not_found) when a file is missing, Error(bad_input) when the folder does not hold an index of this version,
  // made from this database as it is or was; these a new index cures. Throws Error(io) when the system refuses.
  Index(const std::filesystem::path& folder, const store::CorpusReader& database,
        Verification verification = Verification::of_changes);

  // Throws Error(bad_input) unless it was made from this database as it is or was.
  void require_of(const store::CorpusReader& database) const;
  const columns::CoreFile& core() const { return core_; }
  const search::WordFile& words() const { return words_; }
  const api::legacy::Snapshot& legacy() const { return legacy_; }
  const index::TermFile& legacy_terms() const { return terms_; }

  // The files have moved, unchanged, to this folder. Threads: the one that opened it, before others have it.
  void move_to(std::filesystem::path folder) { folder_ = std::move(folder); }
  // True when the folder no longer has the files that were opened, unchanged. A few calls of the system. Any thread.
  bool files_changed() const;
  // True when a part could not be read. Any thread.
  bool unreadable() const;
  // True as long as nobody has changed these files: what was read of them before this call was right. Two calls of the
  // system. Any thread.
  bool intact(Files files) const;
  // The same for what was made of these files and found right then, and now shows texts that lie in them. One call of the
  // system, none for the columns, of which all is copied.
  bool still_intact(Files files) const;
  // The error that requests get then.
  static Error changed();

 private:
  std::filesystem::path folder_;
  std::optional<files::FileMark> seal_;
  files::OpenFile core_file_, words_file_, legacy_file_;
  index::TermFile terms_;
  columns::CoreFile core_;
  search::WordFile words_;
  api::legacy::Snapshot legacy_;
};

}  // namespace kalima::app
