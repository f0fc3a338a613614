// The file at the path where an import puts its database.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "store/sqlite.h"

namespace kalima::store {

// True if replacing the database would lose something that published files cannot restore: it has a history, or documents,
// tags or patterns from another source.
bool holds_research(const Connection& database);

// While this object lives, no other program can open the existing database, unless it is only looked at; destroy it before
// replacing the file. Threads: one.
class FormerDatabase {
 public:
  enum class Use : std::uint8_t {
    alone,
    with_others,  // to be looked at; programs that have it open go on
  };

  // Throws Error(bad_input) if the file must not be replaced: only an empty file, or a readable Kalima
  // database that is not newer than this build, may be. Throws Error(unavailable) if it cannot be had alone because
  // another program, such as a running server, has it open, or if the writes of another database are next to it
  // (log_owner.h). Only a file with Kalima's mark in its first bytes is opened as a database;
  // no other file, and no file next to it, is changed.
  explicit FormerDatabase(const std::filesystem::path& path, Use use = Use::alone);

  // False if the file is missing or empty.
  bool exists() const { return connection_.has_value(); }
  // As above; false without a database.
  bool holds_research() const;
  // Copies it, including the contents of its log, to a new file, which is on the disk when this returns.
  void copy_to(const std::filesystem::path& copy) const;

 private:
  std::optional<Connection> connection_;
};

}  // namespace kalima::store
