#include "store/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <string>
#include <unordered_map>
#include <utility>

#include "store/log_owner.h"
#include "support/error.h"
#include "support/files.h"

namespace kalima::store {
namespace {

Error failure(sqlite3* db, int code, const std::string& doing) {
  const char* text = db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code);
  const std::string message = fmt::format("{}: {}", doing, text);
  switch (code & 0xFF) {
    case SQLITE_FULL:
      return {ErrorCode::unavailable, message, "free some space on the disk that holds the database"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {ErrorCode::unavailable, message, "the database file or its folder cannot be written to"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::unavailable, message, "another program is writing to the database; try again"};
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return {ErrorCode::damaged, message, "the file is not a Kalima database, or it is damaged"};
    case SQLITE_CONSTRAINT:
      // What Kalima writes fits what it wrote before.
      return {ErrorCode::damaged, message, "the database is damaged: restore a backup"};
    case SQLITE_TOOBIG:
      return {ErrorCode::too_large, message};
    case SQLITE_NOMEM:
      return {ErrorCode::unavailable, message, "the machine is short of memory"};
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      return {ErrorCode::io, message};
    default:
      return {ErrorCode::internal, message};
  }
}

}  // namespace

namespace {

// No value that Kalima writes is as large; a damaged file may say that one is.
constexpr int max_value_bytes = 256 * 1024 * 1024;

// A database may come from a stranger: nothing in it runs, and nothing in it is believed that can be checked.
void defend(sqlite3* db, OpenMode mode) {
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  // A new file is made without a journal, and what is read alone may have a schema of two states; both are refused
  // otherwise.
  const bool strict = mode != OpenMode::create && mode != OpenMode::file_alone;
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, strict ? 1 : 0, nullptr);
  sqlite3_limit(db, SQLITE_LIMIT_LENGTH, max_value_bytes);
  sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_exec(db, "PRAGMA cell_size_check=ON", nullptr, nullptr, nullptr);
}

// Reads something, because opening alone does not touch the file.
int try_to_read(sqlite3* db) {
  return sqlite3_exec(db, "SELECT 1 FROM sqlite_schema", nullptr, nullptr, nullptr);
}

// The codes of a read for which SQLite would have to make a file next to the database and cannot.
bool needs_folder(int code) {
  const int primary = code & 0xFF;
  return primary == SQLITE_CANTOPEN || primary == SQLITE_READONLY || primary == SQLITE_IOERR;
}

struct Closing {
  sqlite3* db;
  ~Closing() { sqlite3_close_v2(db); }
};

// True if there are changes in the -wal file that are not yet in the database; an empty file has none.
bool has_wal(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(std::filesystem::path(path) += "-wal", error);
  return !error && size > 0;
}

// "file:///a%20b?immutable=1": SQLite then neither locks the file nor looks for changes by others.
std::string immutable_uri(const std::filesystem::path& path) {
  std::string uri = "file:";
  const std::u8string absolute = std::filesystem::absolute(path).generic_u8string();
  if (!absolute.starts_with(u8'/')) uri += '/';
  for (const char8_t c : absolute) {
    if (c == u8'%' || c == u8'?' || c == u8'#') {
      uri += fmt::format("%{:02x}", static_cast<unsigned>(c));
    } else {
      uri += static_cast<char>(c);
    }
  }
  return uri + "?immutable=1";
}

// `db` is set also when it fails.
int open_defended(const std::string& name, int flags, OpenMode mode, sqlite3** db) {
  const int code = sqlite3_open_v2(name.c_str(), db, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code == SQLITE_OK) defend(*db, mode);
  return code;
}

int open_frozen(const std::filesystem::path& path, OpenMode mode, sqlite3** db) {
  return open_defended(immutable_uri(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, mode, db);
}

constexpr int flags_of(OpenMode mode) {
  switch (mode) {
    case OpenMode::create:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case OpenMode::read_write:
    case OpenMode::exclusive:
      return SQLITE_OPEN_READWRITE;
    case OpenMode::read_only:
    case OpenMode::read_unchecked:
    case OpenMode::file_alone:
      break;
  }
  return SQLITE_OPEN_READONLY;
}

}  // namespace

// Unused statements, by their text: preparing a statement takes longer than running most of them.
class IdleStatements {
 public:
  ~IdleStatements() {
    for (const auto& [text, statement] : by_text_) sqlite3_finalize(statement);
  }

  // nullptr if there is none.
  sqlite3_stmt* take(const std::string& text) {
    const auto found = by_text_.find(text);
    if (found == by_text_.end()) return nullptr;
    sqlite3_stmt* statement = found->second;
    by_text_.erase(found);
    return statement;
  }
  void give_back(sqlite3_stmt* statement) {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    // The program has about fifty different statements; a second one of the same text was in use at the same
    // time.
    if (by_text_.size() >= 100 || !by_text_.try_emplace(sqlite3_sql(statement), statement).second) {
      sqlite3_finalize(statement);
    }
  }

 private:
  std::unordered_map<std::string, sqlite3_stmt*> by_text_;
};

Connection::Connection(const std::filesystem::path& path, OpenMode mode)
    : idle_(std::make_unique<IdleStatements>()) {
  const std::string name = files::to_utf8(path);
  const files::Kind kind = files::kind_of(path);
  if (mode == OpenMode::create && kind != files::Kind::missing) {
    throw Error(ErrorCode::io, fmt::format("{} exists already", name));
  }
  if (mode != OpenMode::create && kind == files::Kind::missing) {
    throw Error(ErrorCode::not_found, fmt::format("database not found: {}", name),
                "make one with `kalima import`, or name another with --db");
  }
  // SQLite would wait for a pipe, and read from a device without end.
  if (mode != OpenMode::create) files::require_file(path);
  if (mode == OpenMode::read_only || mode == OpenMode::read_write) {
    require_own_log(path);
    leave_files_of_another(path);
  }
  frozen_ = mode == OpenMode::file_alone;
  int code = frozen_ ? open_frozen(path, mode, &db_) : open_defended(name, flags_of(mode), mode, &db_);
  if (code == SQLITE_OK && mode == OpenMode::exclusive) {
    // Must be set before the file is first read: in WAL mode that read then locks the file exclusively.
    sqlite3_exec(db_, "PRAGMA locking_mode=EXCLUSIVE", nullptr, nullptr, nullptr);
    code = try_to_read(db_);
    if (code != SQLITE_OK) {
      const Closing closing{db_};
      // Only a lock means that another process has it open.
      if ((code & 0xFF) == SQLITE_BUSY) throw failure(db_, code, fmt::format("database {}", name));
      throw Error(ErrorCode::io, fmt::format("cannot open the database {}: {}", name, sqlite3_errmsg(db_)));
    }
  } else if (code == SQLITE_OK && (mode == OpenMode::read_only || mode == OpenMode::read_write) &&
             needs_folder(try_to_read(db_)) && !has_wal(path)) {
    // The folder cannot be written to, or the disk is full, so that SQLite cannot keep its shared-memory file there.
    // Nobody else can write either: read the file as immutable; writes are refused.
    sqlite3_close_v2(db_);
    frozen_ = true;
    code = open_frozen(path, mode, &db_);
  }
  if (code != SQLITE_OK) {
    const std::string text = db_ != nullptr ? sqlite3_errmsg(db_) : sqlite3_errstr(code);
    sqlite3_close_v2(db_);
    // The system says more than SQLite about a file that may not be read.
    if (mode != OpenMode::create) files::read_start(path, 1);
    throw Error(ErrorCode::io, fmt::format("cannot open the database {}: {}", name, text));
  }
  sqlite3_extended_result_codes(db_, 1);
  sqlite3_busy_timeout(db_, 10'000);
  execute("PRAGMA foreign_keys=ON");
  // During a checkpoint the first page of the file may list pages that do not exist yet; without this no page of such
  // a file can be read.
  if (mode == OpenMode::file_alone) execute("PRAGMA writable_schema=ON");
}

Connection::Connection() : idle_(std::make_unique<IdleStatements>()) {
  if (const int code =
          sqlite3_open_v2(":memory:", &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
      code != SQLITE_OK) {
    const Closing closing{db_};
    throw failure(db_, code, "a database in memory");
  }
}

Connection::~Connection() {
  idle_.reset();
  sqlite3_close_v2(db_);
}

Connection::Connection(Connection&& other) noexcept
    : db_(std::exchange(other.db_, nullptr)), frozen_(other.frozen_), idle_(std::move(other.idle_)) {}

bool Connection::writable() const { return sqlite3_db_readonly(db_, "main") == 0; }

bool Connection::moved() const {
  int moved = 0;
  return sqlite3_file_control(db_, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0;
}

void Connection::leave_log() const { sqlite3_db_config(db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr); }

void Connection::execute(const char* sql) {
  const int code = sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw failure(db_, code, "database");
}

std::int64_t Connection::last_insert_id() const { return sqlite3_last_insert_rowid(db_); }
std::int64_t Connection::changes() const { return sqlite3_changes64(db_); }

void copy_all(const Connection& source, const Connection& target) {
  sqlite3_backup* run = sqlite3_backup_init(target.handle(), "main", source.handle(), "main");
  // All pages in one step: one state of the database.
  if (run != nullptr) sqlite3_backup_step(run, -1);
  const int code = run == nullptr ? SQLITE_ERROR : sqlite3_backup_finish(run);
  if (code != SQLITE_OK) throw failure(target.handle(), code, "copying the database");
}

Statement::Statement(const Connection& connection, std::string_view sql)
    : idle_(&connection.idle_statements()) {
  const std::string text(sql);
  statement_ = idle_->take(text);
  if (statement_ != nullptr) return;
  const int code = sqlite3_prepare_v3(connection.handle(), text.c_str(), static_cast<int>(text.size() + 1),
                                      SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
  if (code != SQLITE_OK) throw failure(connection.handle(), code, fmt::format("database, in \"{}\"", sql));
}

Statement::~Statement() {
  if (statement_ != nullptr) idle_->give_back(statement_);
}

Statement::Statement(Statement&& other) noexcept
    : idle_(other.idle_), statement_(std::exchange(other.statement_, nullptr)) {}

Statement& Statement::bind(int parameter, std::int64_t value) {
  sqlite3_bind_int64(statement_, parameter + 1, value);
  return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
  // A null pointer would bind NULL.
  sqlite3_bind_text64(statement_, parameter + 1, text.data() != nullptr ? text.data() : "", text.size(),
                      SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind(int parameter, const std::optional<std::string>& text) {
  return text ? bind(parameter, std::string_view(*text)) : bind_null(parameter);
}

Statement& Statement::bind_null(int parameter) {
  sqlite3_bind_null(statement_, parameter + 1);
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) {
    // Take the message before the reset clears it.
    Error error = failure(sqlite3_db_handle(statement_), code, "database");
    sqlite3_reset(statement_);
    throw error;
  }
  sqlite3_reset(statement_);
  return false;
}

void Statement::run() {
  while (step()) {
  }
}

void Statement::reset() { sqlite3_reset(statement_); }

int Statement::columns() const { return sqlite3_column_count(statement_); }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::string_view Statement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::optional<std::string> Statement::optional_text(int column) const {
  if (is_null(column)) return std::nullopt;
  return std::string(text(column));
}

Transaction::Transaction(Connection& connection) : connection_(connection) {
  connection_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!open_) return;
  // After some errors SQLite has rolled back by itself; then this fails, which is harmless.
  sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  connection_.execute("COMMIT");
  open_ = false;
}

ReadTransaction::ReadTransaction(Connection& connection) : connection_(connection) {
  connection_.execute("BEGIN");
}

ReadTransaction::~ReadTransaction() {
  // A destructor must not throw. Nothing was written, so nothing is lost if this fails.
  sqlite3_exec(connection_.handle(), "COMMIT", nullptr, nullptr, nullptr);
}

}  // namespace kalima::store
