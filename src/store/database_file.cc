#include "store/database_file.h"

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "store/log_owner.h"
#include "support/files.h"

namespace kalima::store {
namespace {

// Another process may write the log into the file between two reads.
constexpr int tries = 3;
constexpr auto pause = std::chrono::milliseconds(20);

// True if the path leads to the recorded file. The first existing file is recorded.
bool same(std::optional<files::FileMark>& noted, const std::filesystem::path& path) {
  const auto now = files::mark_of(path);
  if (!noted) noted = now;
  return !noted || (now && now->same_file(*noted));
}

}  // namespace

DatabaseFile::DatabaseFile(std::filesystem::path path, const Connection& connection)
    : path_(std::move(path)),
      log_(log_of(path_)),
      shared_memory_(shared_memory_of(path_)),
      frozen_(connection.frozen()),
      writable_(connection.writable()),
      mark_(mark_of(connection)),
      mark_without_log_(mark_of_file()) {
  const auto file = files::mark_of(path_);
  if (!file) throw error(FileState::gone);
  if (connection.moved()) throw error(FileState::replaced);
  file_ = *file;
  look();
}

std::string DatabaseFile::mark_of_file() const { return mark_of(Connection(path_, OpenMode::file_alone)); }

bool DatabaseFile::has_its_mark() const {
  for (int i = 0; i < tries; ++i) {
    if (i > 0) std::this_thread::sleep_for(pause);
    try {
      const std::string now = mark_of_file();
      if (now == mark_ || now == mark_without_log_) return true;
    } catch (const Error& e) {  // other errors mean that the contents differ
      if (e.code() == ErrorCode::io || e.code() == ErrorCode::unavailable) throw;
    }
  }
  return false;
}

bool DatabaseFile::has_another_log() const {
  const auto now = files::mark_of(log_);
  const std::lock_guard lock(mutex_);
  return now && log_file_ && !now->same_file(*log_file_);
}

FileState DatabaseFile::look() {
  const std::lock_guard lock(mutex_);
  const FileState state = look_now();
  seen_.store(state, std::memory_order_relaxed);
  return state;
}

FileState DatabaseFile::look_now() {
  if (seen() == FileState::overwritten) return FileState::overwritten;
  const auto now = files::mark_of(path_);
  if (!now) return FileState::gone;
  if (!now->same_file(file_)) return FileState::replaced;
  if (!frozen_ && (!same(log_file_, log_) || !same(shared_memory_file_, shared_memory_)))
    return FileState::log_gone;
  if (*now != file_) {
    // Writing the log into the file changes it too.
    if (!has_its_mark()) return FileState::overwritten;
    file_ = *now;
  }
  return FileState::same;
}

void DatabaseFile::require_same() {
  const FileState state = look();
  if (state != FileState::same) throw error(state);
}

Error DatabaseFile::error(FileState state) const {
  const std::string name = files::to_utf8(path_);
  const auto unavailable = [](const std::string& message, const char* cure) {
    return Error(ErrorCode::unavailable, message, cure);
  };
  switch (state) {
    case FileState::replaced:
      return unavailable(
          fmt::format("{} was replaced by another file while the server ran, so nothing can be written",
                      name),
          "restart the server to use the new file");
    case FileState::gone:
      return unavailable(
          fmt::format("{} was deleted or moved away while the server ran, so nothing can be written", name),
          "put it back, or a backup, and restart the server");
    case FileState::log_gone:
      return unavailable(
          fmt::format("{}-wal or {}-shm was deleted while the server ran, so nothing can be written", name,
                      name),
          "restart the server; what was written before is in the database");
    case FileState::overwritten:
      return unavailable(fmt::format("{} was overwritten or cut off while the server ran", name),
                         "stop the server, see to it that the file is whole, and start it again");
    case FileState::same:
      break;
  }
  return {ErrorCode::internal, "the database's file is as it was"};
}

}  // namespace kalima::store
