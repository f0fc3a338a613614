// The file of an open database, and whether its path still leads to it.
//
// If another file replaces the database, or the file is deleted, SQLite continues with the file that it opened; what is
// written then is lost when the program ends. If the contents are overwritten in place, SQLite mixes old pages and new
// ones. So check the file before and after every write.
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
  replaced,     // the path leads to another file
  gone,         // the path leads nowhere
  log_gone,     // its -wal or -shm was deleted or replaced
  overwritten,  // has other contents, or was cut off; this state is final
};

class DatabaseFile {
 public:
  // `connection` has the file open and has read from it. Throws Error.
  DatabaseFile(std::filesystem::path path, const Connection& connection);
  DatabaseFile(const DatabaseFile&) = delete;
  DatabaseFile& operator=(const DatabaseFile&) = delete;

  // Checks now: three system calls, and some more if the file was changed. Threads: any.
  FileState look();
  // The result of the latest check. Threads: any.
  FileState seen() const { return seen_.load(std::memory_order_relaxed); }
  // Checks, and throws Error(unavailable) unless it is the same file.
  void require_same();
  // What is wrong and what to do, for any state but `same`.
  Error error(FileState state) const;

  // True if the log was replaced by another one: another process has opened the database without this one's writes.
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
  // See log_owner.h: the mark with the contents of the log, and without them.
  const std::string mark_, mark_without_log_;
  mutable std::mutex mutex_;
  files::FileMark file_;
  std::optional<files::FileMark> log_file_, shared_memory_file_;
  std::atomic<FileState> seen_ = FileState::same;
};

}  // namespace kalima::store
