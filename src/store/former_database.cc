#include "store/former_database.h"

#include <fmt/format.h>

#include <functional>

#include "store/copy.h"
#include "store/corpus_writer.h"
#include "store/facts.h"
#include "store/log_owner.h"
#include "store/schema.h"
#include "support/error.h"
#include "support/files.h"

namespace kalima::store {
namespace fs = std::filesystem;
namespace {

constexpr const char* cure = "move it away, or name another file with --db";

[[noreturn]] void refuse(const fs::path& path, std::string_view what) {
  throw Error(ErrorCode::bad_input, fmt::format("{} {}", files::to_utf8(path), what), cure);
}

// Writes of a database whose file is missing: SQLite would take them for those of the new one.
void require_no_writes_beside(const fs::path& path) {
  for (const char* suffix : {"-wal", "-journal"}) {
    const fs::path log = files::with_suffix(path, suffix);
    std::error_code error;
    if (files::kind_of(log) == files::Kind::missing || fs::file_size(log, error) == 0) continue;
    throw Error(ErrorCode::bad_input,
                fmt::format("database {} not found, but its latest writes may be in {}", files::to_utf8(path),
                            files::to_utf8(log)),
                "put the database back next to that file, or move the file away");
  }
}

// True if the file has the first bytes of a Kalima database, false if it is missing or empty.
bool is_kalima(const fs::path& path) {
  if (files::kind_of(path) == files::Kind::missing && !path.has_filename()) refuse(path, "names a folder");
  std::error_code error;
  if (fs::is_symlink(fs::symlink_status(path, error)) && files::kind_of(path) != files::Kind::missing) {
    refuse(path, "is a link; the link would be replaced, not its target");
  }
  switch (files::kind_of(path)) {
    case files::Kind::missing:
      return false;
    case files::Kind::folder:
      refuse(path, "is a folder");
    case files::Kind::special:
      refuse(path, "is a device, pipe or socket");
    case files::Kind::file:
      break;
  }
  const std::string start = files::read_start(path, database_header_size);
  if (start.empty()) return false;
  switch (owner_of(start)) {
    case Owner::nobody:
      refuse(path, "is not a Kalima database, and is not replaced");
    case Owner::another_program:
      refuse(path, "is a database of another program, not a Kalima database, and is not replaced");
    case Owner::kalima:
      break;
  }
  return true;
}

bool any(const Connection& connection, std::string_view select) {
  Statement sql(connection, fmt::format("SELECT EXISTS ({})", select));
  return sql.step() && sql.integer(0) != 0;
}

bool has_table(const Connection& connection, std::string_view name) {
  Statement sql(connection, "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type='table' AND name=?)");
  return sql.bind(0, name).step() && sql.integer(0) != 0;
}

// Turns an error of the first read of a database into a reason not to replace it.
void readable(const fs::path& path, const std::function<void()>& look) {
  try {
    look();
  } catch (const Error& e) {  // whatever SQLite's error is, the contents of the file are unknown
    const std::string name = files::to_utf8(path);
    if (e.code() == ErrorCode::unavailable) {
      throw Error(ErrorCode::unavailable,
                  fmt::format("{} is in use by another program, such as `kalima serve`", name),
                  "stop that first: what is written to the database while it is replaced would be lost");
    }
    throw Error(
        ErrorCode::bad_input,
        fmt::format("{} is a Kalima database that cannot be read, and is not replaced: {}", name, e.what()),
        "move it away, or restore a backup of it");
  }
}

}  // namespace

bool holds_research(const Connection& connection) {
  // The first version had no history.
  if (has_table(connection, "history") && any(connection, "SELECT 1 FROM history")) return true;
  if (fact(connection, published_research_key)) return false;
  return any(connection, "SELECT 1 FROM research") ||
         any(connection, "SELECT 1 FROM registry WHERE section IN ('tags', 'patterns')");
}

FormerDatabase::FormerDatabase(const fs::path& path, Use use) {
  if (!is_kalima(path)) {
    require_no_writes_beside(path);
    return;
  }
  require_own_log(path);
  // While a database in WAL mode is open its file is locked for sharing, also between transactions.
  readable(path,
           [&] { connection_.emplace(path, use == Use::alone ? OpenMode::exclusive : OpenMode::read_only); });
  require_not_newer(*connection_);
  readable(path, [&] { store::holds_research(*connection_); });
}

bool FormerDatabase::holds_research() const { return connection_ && store::holds_research(*connection_); }

void FormerDatabase::copy_to(const fs::path& copy) const { write_copy(*connection_, copy); }

}  // namespace kalima::store
