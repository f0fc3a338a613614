// The files that SQLite keeps beside a database, `-wal` and `-shm`.
#pragma once

#include <filesystem>

namespace kalima::store {

// For a command that only reads, and lives longer than its connections do: they make the two files and, since they may
// not write, leave them. When this object goes, and no other program has the database open and no write is in the log,
// they are removed by SQLite's own way. The database does not change.
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
