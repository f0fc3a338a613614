// The file of a database that is open, and whether its name still leads to it.
//
// SQLite goes on with the file that it opened when another one takes its name, or when the file is deleted; what is written
// then is lost with the end of the program. When the content is overwritten in place, SQLite mixes old pages and new ones.
// So whoever writes asks first.
#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "store/sqlite.h"
#include "support/error.h"
#include "support/file_mark.h"

namespace kalima::store {

enum class FileState {
  same,
  replaced,     // another file has its name
  gone,         // its name leads nowhere
  log_gone,     // its -wal or -shm was deleted or replaced
  overwritten,  // another content, or cut off; stays so
};

class DatabaseFile {
 public:
  // `connection` has the file open, and has read from it. Throws Error.
  DatabaseFile(std::filesystem::path path, const Connection& connection);
  DatabaseFile(const DatabaseFile&) = delete;
  DatabaseFile& operator=(const DatabaseFile&) = delete;

  // Looks now: three calls of the system, and some more after the file was changed. Any thread.
  FileState look();
  // What the latest look saw. Any thread; costs nothing.
  FileState seen() const { return seen_.load(std::memory_order_relaxed); }
  // Looks, and throws Error(unavailable) unless it is the same.
  void require_same();
  // What is wrong and what to do; of any state but `same`.
  Error error(FileState state) const;

  // True when another log has the name of the one that was opened: another process has the database open without the
  // writes of this one.
  bool has_another_log() const;

  const std::filesystem::path& path() const { return path_; }
  // See Connection.
  bool writable() const { return writable_; }
  bool frozen() const { return frozen_; }

 private:
  FileState look_now();
  bool has_its_mark() const;
  std::string mark_of_file() const;

  const std::filesystem::path path_, log_, shared_memory_;
  const bool frozen_, writable_;
  // See log_owner.h: what it has with its log and, until that is taken in, without.
  const std::string mark_, mark_without_log_;
  mutable std::mutex mutex_;
  files::FileMark file_;
  std::optional<files::FileMark> log_file_, shared_memory_file_;
  std::atomic<FileState> seen_ = FileState::same;
};

}  // namespace kalima::store
