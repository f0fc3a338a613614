// The files that SQLite keeps next to a database, `-wal` and `-shm`.
#pragma once

#include <filesystem>

namespace kalima::store {

// For a command that only reads. Its connections make the two files and, because they must not write, leave
// them. This object outlives the connections; when it is destroyed, no other program has the database open
// and the log has no writes, SQLite itself removes the files. The database does not change.
class Companions {
 public:
  explicit Companions(const std::filesystem::path& database);
  ~Companions();
  Companions(const Companions&) = delete;
  Companions& operator=(const Companions&) = delete;

 private:
  std::filesystem::path database_;
};

}  // namespace kalima::store
