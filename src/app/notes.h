// What people wrote in a database, for commands that work without a server and beside a running one.
#pragma once

#include <filesystem>
#include <optional>

#include "corpus/columns/core_file.h"
#include "research/desk.h"
#include "research/library.h"
#include "research/writing.h"
#include "store/companions.h"
#include "store/corpus_reader.h"
#include "store/sqlite.h"

namespace kalima::app {

// What is said of documents that a list leaves out because the database is damaged; empty if there are none.
std::string unreadable_warning(const research::Listing& found);

// Opens a database for one write: of this version, its own log, and sound where people write. Throws Error.
store::Connection open_for_writing(const std::filesystem::path& database);

// Threads: one.
class Notes {
 public:
  // Throws Error.
  explicit Notes(const std::filesystem::path& database);

  const columns::CoreFile& core() const { return core_; }
  const store::CorpusReader& reader() const { return reader_; }
  research::Library& library() { return library_; }
  // Opened when it is first asked for. A running server sees what is written within a second.
  const research::Writing& writing();

 private:
  std::filesystem::path database_;
  store::Companions companions_;
  // Closed after the reader, so that its connection takes the log into the file.
  std::optional<research::Desk> desk_;
  store::CorpusReader reader_;
  columns::CoreFile core_;
  research::Library library_;
  std::optional<research::Writing> writing_;
};

}  // namespace kalima::app
