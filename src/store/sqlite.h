// A thin RAII layer over SQLite. Only this header and its .cc know SQLite's types.
//
// Threads: a Connection and its Statements belong to one thread at a time (the library is built with
// SQLITE_THREADSAFE=2); hand them over, never share them. Errors: Error(unavailable) for a full disk, a locked
// or read-only database, Error(damaged) for a file that is damaged or not a database, Error(too_large) for a value that
// is larger than any that Kalima writes, else Error(internal) or Error(io).
//
// No trigger and no view of a database is run.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace kalima::store {

class IdleStatements;

enum class OpenMode {
  create,      // new file; fails if it exists
  read_write,  // existing file
  read_only,   // existing file
  exclusive,   // existing file, read and written only by this connection; fails if another one has it open
  read_unchecked,  // like read_only, without a check of the log
  file_alone,      // existing file, to be read as it is, without its -wal and without locks: see log_owner.h
};

class Connection {
 public:
  // An empty database in memory.
  Connection();
  // Refuses to read or write a database whose -wal is not its own: see log_owner.h.
  Connection(const std::filesystem::path& path, OpenMode mode);
  ~Connection();
  Connection(Connection&& other) noexcept;
  Connection& operator=(Connection&&) = delete;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Runs one or more statements without result rows.
  void execute(const char* sql);
  std::int64_t last_insert_id() const;
  // The number of rows that the last statement changed.
  std::int64_t changes() const;
  // False if the file or its folder could not be written to when this connection was opened.
  bool writable() const;
  // True if the file is read as immutable, because SQLite could not make its files next to it. Later changes by other
  // programs are not seen, or only in part.
  bool frozen() const { return frozen_; }
  // True if the path that was opened no longer leads to the file.
  bool moved() const;
  // Closing the connection will not write the log into the file.
  void leave_log() const;
  sqlite3* handle() const { return db_; }
  IdleStatements& idle_statements() const { return *idle_; }

 private:
  sqlite3* db_ = nullptr;
  bool frozen_ = false;
  std::unique_ptr<IdleStatements> idle_;
};

// Copies the state of a whole database at one moment into an empty one; writers can continue.
void copy_all(const Connection& source, const Connection& target);

// A prepared statement. Parameters and columns are numbered from 0. It must be destroyed before its
// connection, which keeps it prepared for the next statement of the same text.
class Statement {
 public:
  Statement(const Connection& connection, std::string_view sql);
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Texts are not copied: they must stay valid until step() has run.
  Statement& bind(int parameter, std::int64_t value);
  Statement& bind(int parameter, std::string_view text);
  Statement& bind(int parameter, const std::string& text) { return bind(parameter, std::string_view(text)); }
  Statement& bind(int parameter, const std::optional<std::string>& text);
  Statement& bind_null(int parameter);

  // True if there is a row; false when the statement is done; it can then be run again.
  bool step();
  // For a statement without result rows.
  void run();
  void reset();

  int columns() const;
  std::int64_t integer(int column) const;
  bool is_null(int column) const;
  // Valid until the next step() or reset().
  std::string_view text(int column) const;
  std::optional<std::string> optional_text(int column) const;

 private:
  IdleStatements* idle_;
  sqlite3_stmt* statement_ = nullptr;
};

// Begins at construction (IMMEDIATE: it takes the write lock at once), rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(Connection& connection);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Connection& connection_;
  bool open_ = true;
};

// While it exists, all that is read is of one state of the database: that of the first statement.
class ReadTransaction {
 public:
  explicit ReadTransaction(Connection& connection);
  ~ReadTransaction();
  ReadTransaction(const ReadTransaction&) = delete;
  ReadTransaction& operator=(const ReadTransaction&) = delete;

 private:
  Connection& connection_;
};

}  // namespace kalima::store
