#include "store/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "store/copy.h"
#include "store/corpus_hash.h"
#include "store/facts.h"
#include "store/known_tables.h"
#include "store/log_owner.h"
#include "store/migrations/migrations.h"
#include "support/error.h"
#include "support/files.h"

namespace kalima::store {
namespace {

// "Kali" as a number: distinguishes a Kalima database from any other SQLite file.
constexpr std::int64_t application_id = 0x4B616C69;

// Who wrote the tables as they are: "Kalima 1.2.0". Also later programs write it, so that this one can name them.
constexpr std::string_view program_key = "schema.program";
constexpr std::string_view this_program = "Kalima " KALIMA_VERSION;

std::int64_t pragma(const Connection& connection, const char* name) {
  Statement statement(connection, fmt::format("PRAGMA {}", name));
  return statement.step() ? statement.integer(0) : 0;
}

std::filesystem::path file_of(const Connection& connection) {
  Statement statement(connection, "SELECT file FROM pragma_database_list WHERE name='main'");
  if (!statement.step()) throw Error(ErrorCode::internal, "the database has no file");
  return files::path_from_utf8(statement.text(0));
}

bool is_empty(const Connection& connection) {
  Statement statement(connection, "SELECT count(*) FROM sqlite_schema");
  return statement.step() && statement.integer(0) == 0;
}

[[noreturn]] void not_kalima() {
  throw Error(ErrorCode::bad_input, "this SQLite file is not a Kalima database",
              "make one with `kalima import`, or name another with --db");
}

// The program that wrote a database which is newer than this one, whatever that database is like.
std::string program_of(const Connection& connection) {
  constexpr std::size_t max_bytes = 40;
  try {
    if (const auto name = fact(connection, program_key)) {
      const bool plain = std::ranges::all_of(*name, [](char c) { return c >= ' ' && c <= '~'; });
      if (plain && name->starts_with("Kalima ") && name->size() <= max_bytes) return *name;
    }
  } catch (const Error&) {  // it has no such table any more
  }
  return "a newer Kalima";
}

[[noreturn]] void too_new(const Connection& connection, std::int64_t version) {
  throw Error(
      ErrorCode::bad_input,
      fmt::format("the database has schema version {}, written by {}; this is {}, which knows up to {}",
                  version, program_of(connection), this_program, schema_version()),
      "use the newer kalima that wrote it, or the copy that it kept (.before-schema-N)");
}

void require_not_newer(const Connection& connection, std::int64_t version) {
  if (!is_kalima(connection)) not_kalima();
  if (version > schema_version()) too_new(connection, version);
}

void run_migrations(Connection& connection) {
  Transaction transaction(connection);
  // Read in the transaction: another process may have been faster.
  const std::int64_t version = pragma(connection, "user_version");
  if (version > schema_version()) too_new(connection, version);
  if (version == schema_version()) return;
  // Also in the transaction, before its first change: the copy has everything written under the old version.
  if (version > 0) keep_copy_before(file_of(connection), schema_version());
  for (std::int64_t next = version + 1; next <= schema_version(); ++next) {
    const auto explained = [&] {
      return ErrorContext{.message = fmt::format("cannot bring the database to schema version {}", next),
                          .cure = "it is as it was; if it is damaged, restore a backup"};
    };
    in_context(explained, [&] { migrations::steps[next - 1](connection); });
  }
  connection.execute(
      fmt::format("PRAGMA application_id={}; PRAGMA user_version={}", application_id, schema_version())
          .c_str());
  // A new database gets its corpus now.
  if (version > 0) note_corpus_hash(connection);
  set_fact(connection, program_key, this_program);
  transaction.commit();
}

}  // namespace

bool is_kalima(const Connection& connection) {
  return pragma(connection, "application_id") == application_id;
}

Owner owner_of(std::string_view header) {
  using namespace std::string_view_literals;
  constexpr std::size_t id_at = 68;  // sqlite.org/fileformat.html#the_database_header
  if (!header.starts_with("SQLite format 3\0"sv) || header.size() < database_header_size)
    return Owner::nobody;
  std::int64_t id = 0;
  for (const char c : header.substr(id_at, 4)) id = id << 8 | static_cast<unsigned char>(c);
  return id == application_id ? Owner::kalima : Owner::another_program;
}

int schema_version() { return static_cast<int>(std::size(migrations::steps)); }

void create(Connection& connection) {
  if (!is_empty(connection)) not_kalima();
  run_migrations(connection);
}

void migrate(Connection& connection) {
  std::int64_t version = 0;
  {
    // Another process may bring it up to date at the same time: the version and the tables are of one state.
    const ReadTransaction transaction(connection);
    version = pragma(connection, "user_version");
    // An empty file is refused too: its owner expects something in it.
    if (version <= 0) not_kalima();
    require_not_newer(connection, version);
    require_known_tables(connection, version);
  }
  if (version < schema_version()) run_migrations(connection);
}

void bring_up_to_date(const std::filesystem::path& database) {
  Connection connection(database, OpenMode::read_write);
  migrate(connection);
}

void require_current(const Connection& connection) {
  const std::int64_t version = pragma(connection, "user_version");
  if (version <= 0) not_kalima();
  require_not_newer(connection, version);
  if (version < schema_version()) {
    throw Error(
        ErrorCode::bad_input,
        fmt::format("the database has schema version {}, this kalima needs {}", version, schema_version()),
        "start `kalima serve` once without --read-only: it brings the database up to date");
  }
  require_known_tables(connection, version);
}

void require_not_newer(const Connection& connection) {
  require_not_newer(connection, pragma(connection, "user_version"));
}

}  // namespace kalima::store
