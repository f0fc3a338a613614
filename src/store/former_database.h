// What is at the place where an import puts its database.
#pragma once

#include <filesystem>
#include <optional>

#include "store/sqlite.h"

namespace kalima::store {

// While one lives, no other program can open the database that is there; close it before something else is put in that
// place. One thread.
class FormerDatabase {
 public:
  // Throws Error(bad_input) when what is there may not be replaced: anything but an empty file and a Kalima database
  // that can be read and is not newer than this build. Throws Error(unavailable) when another program, such as a running
  // server, has it open. Only what bears the mark of Kalima in its first bytes is opened as a database; nothing else is
  // changed, nor are files beside it.
  explicit FormerDatabase(const std::filesystem::path& path);

  // False where nothing, or an empty file, is there.
  bool there() const { return connection_.has_value(); }
  // True when replacing it would lose what cannot be had again from published files: it has a history, or documents,
  // tags or patterns that another source brought.
  bool holds_research() const;
  // Copies it, with what is in its log, to a new file, which is on the disk when this returns.
  void copy_to(const std::filesystem::path& copy) const;

 private:
  std::optional<Connection> connection_;
};

}  // namespace kalima::store
