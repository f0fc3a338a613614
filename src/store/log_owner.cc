#include "store/log_owner.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "store/facts.h"
#include "store/schema.h"
#include "support/error.h"
#include "support/file_mark.h"
#include "support/files.h"
#include "support/folder_lock.h"
#include "support/log.h"
#include "support/stop.h"

namespace kalima::store {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view mark_key = "database.mark";
constexpr std::string_view line_begin = "owner ";
// A log without writes is not larger than its header.
constexpr std::uint64_t log_header_size = 32;
constexpr auto max_wait_for_others = std::chrono::seconds(3);
constexpr auto pause_for_others = std::chrono::milliseconds(20);
constexpr int max_looks = 5;  // at files that others are changing
// Far more than a few lines.
constexpr std::size_t max_owner_bytes = std::size_t{1024} * 1024;

// SQLite puts its files next to the file that a link leads to.
fs::path path_next_to(const fs::path& database, const char* suffix) {
  std::error_code error;
  const fs::path path = fs::canonical(database, error);
  return files::with_suffix(error ? database : path, suffix);
}

bool has_content(const fs::path& log) {
  const auto mark = files::mark_of(log);
  return mark && mark->size > log_header_size;
}

// Of the file without its log; empty when it cannot be read as a database.
std::string mark_of_file(const fs::path& database) {
  try {
    return mark_of(Connection(database, OpenMode::file_alone));
  } catch (const Error&) {  // the caller looks at the whole then
    return {};
  }
}

[[noreturn]] void refuse_log(const fs::path& database, const fs::path& log) {
  throw Error(
      ErrorCode::unavailable,
      fmt::format("{} was written for another database than {}, which must have been replaced or restored",
                  files::to_utf8(log), files::to_utf8(database)),
      "move that file, its -shm and its -owner away, and keep them until nothing is missed; or put the "
      "database "
      "that they belong to back");
}

// The marks that a log was written for; nullopt if the file that says it is missing or names none.
std::optional<std::vector<std::string>> owners_of(const fs::path& database) {
  const fs::path file = owner_file_of(database);
  std::string text;
  try {
    text = files::read(file, max_owner_bytes);
  } catch (const Error& e) {  // a missing file is an answer
    if (e.code() == ErrorCode::not_found) return std::nullopt;
    throw Error(ErrorCode::unavailable,
                fmt::format("{} does not say which database the -wal next to it belongs to: {}",
                            files::to_utf8(file), e.what()),
                "move it away and try again: the -wal is used if it fits the database");
  }
  std::vector<std::string> owners;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    if (line.starts_with(line_begin)) owners.emplace_back(line.substr(line_begin.size()));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  if (owners.empty()) return std::nullopt;
  return owners;
}

void write_owners(const fs::path& database, const std::vector<std::string>& owners) {
  std::string text =
      "The -wal file here belongs to the database with this mark. Kalima needs it; see its RUNBOOK.\n";
  for (const std::string& owner : owners) text += fmt::format("{}{}\n", line_begin, owner);
  files::replace_durably(owner_file_of(database), text);
}

// The mark of the database as seen through the log; empty if that is not a sound database. Changes nothing.
std::string mark_of_whole(const fs::path& database) {
  try {
    const Connection connection(database, OpenMode::read_unchecked);
    connection.leave_log();
    Statement integrity(connection, "PRAGMA integrity_check(1)");
    if (!integrity.step() || integrity.text(0) != "ok") return {};
    return mark_of(connection);
  } catch (const Error& e) {  // other errors mean that it is not sound
    if (e.code() == ErrorCode::io || e.code() == ErrorCode::unavailable) throw;
    return {};
  }
}

// A log of which nobody says whose it is: what is seen through it must be a sound database, and the same one.
void require_sound(const fs::path& database, const fs::path& log, const std::string& mark) {
  // Each pair of files is looked at once.
  static std::mutex mutex;
  static std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint64_t> sound;  // database -> log
  const auto file = files::mark_of(database), log_file = files::mark_of(log);
  if (!file || !log_file) refuse_log(database, log);
  const std::lock_guard lock(mutex);
  const auto known = sound.find({file->device, file->number});
  if (known != sound.end() && known->second == log_file->number) return;
  const std::string whole = mark_of_whole(database);
  if (whole.empty() || (!mark.empty() && whole != mark)) refuse_log(database, log);
  log::warning("{} has no {}; it fits the database, so it is used", files::to_utf8(log),
               files::to_utf8(owner_file_of(database).filename()));
  sound[{file->device, file->number}] = log_file->number;
}

bool names(const std::vector<std::string>& owners, const std::string& mark) {
  return std::find(owners.begin(), owners.end(), mark) != owners.end();
}

// True if the files next to the database were made for another one. What cannot be read decides nothing.
bool has_files_of_another(const fs::path& database) {
  try {
    const auto owners = owners_of(database);
    if (!owners) return false;
    const std::string mark = mark_of_file(database);
    return !mark.empty() && !names(*owners, mark);
  } catch (const Error&) {  // only a log with contents needs an answer
    return false;
  }
}

// What require_own_log() says, by one look at the files.
void look_at_log(const fs::path& database) {
  const fs::path log = log_of(database);
  if (!has_content(log)) return;
  const auto file = files::mark_of(database);
  if (!file || file->size == 0) {  // SQLite would delete the log of an empty file
    throw Error(ErrorCode::unavailable,
                fmt::format("{} is missing or empty, but its latest writes may be in {}",
                            files::to_utf8(database), files::to_utf8(log)),
                "put the database back to that file, or move the file away");
  }
  std::string mark = mark_of_file(database);
  const auto owners = owners_of(database);
  if (!owners) return require_sound(database, log, mark);
  // A crash while the log was taken in may leave a file that cannot be read alone.
  if (mark.empty()) mark = mark_of_whole(database);
  if (mark.empty() || !names(*owners, mark)) refuse_log(database, log);
}

}  // namespace

fs::path log_of(const fs::path& database) { return path_next_to(database, "-wal"); }
fs::path shared_memory_of(const fs::path& database) { return path_next_to(database, "-shm"); }
fs::path owner_file_of(const fs::path& database) { return path_next_to(database, "-owner"); }

std::string mark_of(const Connection& connection) {
  if (!is_kalima(connection)) return {};
  const auto corpus = fact(connection, "corpus.id");
  return fmt::format("{}-{}", corpus.value_or(""), fact(connection, mark_key).value_or(""));
}

void require_own_log(const fs::path& database) {
  const auto state = [&] { return std::pair(files::mark_of(database), files::mark_of(log_of(database))); };
  for (int look = 1;; ++look) {
    const auto before = state();
    try {
      return look_at_log(database);
    } catch (const Error&) {
      // While another process takes the log in, or begins it, neither file is what it will be.
      const bool settled = look > 1 && state() == before;
      if (settled || look == max_looks) throw;
    }
    std::this_thread::sleep_for(pause_for_others);
  }
}

void leave_files_of_another(const fs::path& database) {
  const fs::path log = log_of(database);
  // With contents it is the database's own: see require_own_log().
  if (has_content(log) || !has_files_of_another(database)) return;
  const files::FolderLock lock(fs::absolute(log).parent_path());
  if (has_content(log)) refuse_log(database, log);
  // Another process may have done this, or claimed the database, in between.
  if (!has_files_of_another(database)) return;
  // First the one that shows that the others must go: who comes later makes its own.
  for (const fs::path& file : {owner_file_of(database), log, shared_memory_of(database)}) {
    std::error_code error;
    fs::remove(file, error);
    if (error && fs::exists(shared_memory_of(database), error)) {
      throw Error(ErrorCode::unavailable,
                  fmt::format("{}-shm may be in use by a server for the file that was {} before",
                              files::to_utf8(database), files::to_utf8(database)),
                  "stop that server, or move -wal, -shm and -owner away");
    }
  }
}

void require_one_name(const fs::path& database) {
  const auto end = std::chrono::steady_clock::now() + max_wait_for_others;
  // With it the others have the same name.
  while (files::kind_of(shared_memory_of(database)) == files::Kind::missing) {
    try {
      Connection(database, OpenMode::exclusive);
      return;
    } catch (const Error& e) {  // anything else is said by who opens it
      if (e.code() != ErrorCode::unavailable) return;
    }
    // A start, or a look of an import, has it alone for a moment.
    if (std::chrono::steady_clock::now() > end) {
      throw Error(
          ErrorCode::unavailable,
          fmt::format("{} is in use by an import, or under another name (a hard link, a mounted file)",
                      files::to_utf8(database)),
          "stop that program, or use the same name: under two names writes would be lost");
    }
    stop::check();
    std::this_thread::sleep_for(pause_for_others);
  }
}

void take_log_in(Connection& connection) { connection.execute("PRAGMA main.wal_checkpoint(TRUNCATE)"); }

bool log_is_empty(const fs::path& database) { return !has_content(log_of(database)); }

void share_permissions(const fs::path& database) {
  std::error_code ignored;
  const fs::perms wanted = fs::status(database, ignored).permissions();
  if (ignored) return;
  for (const fs::path& file : {log_of(database), shared_memory_of(database)}) {
    if (fs::exists(file, ignored) && fs::status(file, ignored).permissions() != wanted)
      fs::permissions(file, wanted, ignored);
  }
}

void set_new_mark(Connection& connection) {
  std::random_device random;
  const std::string mark = fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
  set_fact(connection, mark_key, mark);
}

void claim(const fs::path& database) {
  require_own_log(database);
  leave_files_of_another(database);
  try {
    const files::FolderLock lock(fs::absolute(owner_file_of(database)).parent_path());
    std::string mark;
    {
      Connection alone(database, OpenMode::exclusive);
      std::vector<std::string> owners{mark_of_file(database), mark_of(alone)};
      if (owners[1].empty()) return;  // who opens it says what is wrong
      alone.execute("PRAGMA synchronous=FULL; PRAGMA journal_mode=WAL");
      Transaction transaction(alone);
      set_new_mark(alone);
      mark = mark_of(alone);
      // From the commit on until the log is empty the file has one of these.
      owners.push_back(mark);
      write_owners(database, owners);
      transaction.commit();
      alone.execute("PRAGMA main.wal_checkpoint(TRUNCATE)");
    }
    if (!has_content(log_of(database))) write_owners(database, {mark});
  } catch (const Error& e) {  // a start without it is right
    // Another process has it, or nothing can be written: then no write follows that would need it.
    log::info("the database keeps its mark: {}", e.what());
  }
}

}  // namespace kalima::store
