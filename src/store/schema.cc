#include "store/schema.h"

#include <fmt/format.h>

#include <iterator>

#include "store/copy.h"
#include "support/error.h"
#include "support/files.h"

namespace kalima::store {
namespace {

// "Kali" as a number: tells a Kalima database from any other SQLite file.
constexpr std::int64_t application_id = 0x4B616C69;

// Texts are UTF-8. `verse.id` is the verse's 0-based place in the corpus; positions are 0-based too.
constexpr const char* migrations[] = {
    R"sql(
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE verse (
  id INTEGER PRIMARY KEY,
  surah INTEGER NOT NULL,
  ayah INTEGER NOT NULL,
  surah_name TEXT NOT NULL,
  text TEXT NOT NULL,
  layout TEXT,              -- JSON; see corpus/verse.h
  UNIQUE (surah, ayah)
);

CREATE TABLE word (
  verse INTEGER NOT NULL REFERENCES verse (id),
  position INTEGER NOT NULL,
  id INTEGER NOT NULL,
  form TEXT,
  layout TEXT,
  PRIMARY KEY (verse, position)
) WITHOUT ROWID;

CREATE TABLE segment (
  verse INTEGER NOT NULL,
  word INTEGER NOT NULL,    -- position of its word
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  form TEXT,
  type TEXT,
  pos TEXT,
  root TEXT,
  lemma TEXT,
  features TEXT,
  layout TEXT,
  PRIMARY KEY (verse, word, position),
  FOREIGN KEY (verse, word) REFERENCES word (verse, position)
) WITHOUT ROWID;

-- What users write. `connections` has one row a verse, the other kinds one a document.
CREATE TABLE research (
  verse INTEGER NOT NULL REFERENCES verse (id),
  kind TEXT NOT NULL,       -- the verse's key: annotations, connections, ...
  position INTEGER NOT NULL,
  document TEXT NOT NULL,   -- JSON, keys in their order
  PRIMARY KEY (verse, kind, position)
) WITHOUT ROWID;
-- Which lists a verse has: a list that was written once stays when it is emptied.
CREATE TABLE research_list (
  verse INTEGER NOT NULL REFERENCES verse (id),
  kind TEXT NOT NULL,
  place INTEGER NOT NULL,   -- order of the keys in the verse
  PRIMARY KEY (verse, kind)
) WITHOUT ROWID;

-- The tag registry: one row for each tag and saved pattern, one for each other key of the file.
CREATE TABLE registry (
  section TEXT NOT NULL,    -- tags, patterns, or '' for a key beside them
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (section, name)
) WITHOUT ROWID;

-- Rows of the treebank and of MASAQ: cells between tabs (see cells.h) in the order of the column names, which
-- are kept in meta under TABLE.columns.
CREATE TABLE treebank_row (
  id INTEGER PRIMARY KEY,
  verse INTEGER REFERENCES verse (id),
  cells TEXT NOT NULL
);
CREATE TABLE masaq_row (
  id INTEGER PRIMARY KEY,
  verse INTEGER REFERENCES verse (id),
  cells TEXT NOT NULL
);
)sql",
    R"sql(
-- Every write to research documents, tags and patterns, so that it can be looked at and undone.
CREATE TABLE history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,         -- local time, as in the documents
  verse INTEGER REFERENCES verse (id),  -- NULL for tags and patterns
  action TEXT NOT NULL,     -- what was done, for people
  undoes INTEGER REFERENCES history (id),
  changes TEXT NOT NULL     -- JSON; see store/research_edit.h
);
CREATE INDEX history_verse ON history (verse);
CREATE INDEX history_undoes ON history (undoes);
)sql",
};

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

[[noreturn]] void too_new(std::int64_t version) {
  throw Error(ErrorCode::bad_input,
              fmt::format("the database has schema version {}, this kalima knows up to {}", version,
                          schema_version()),
              "use the newer kalima that made it");
}

void require_not_newer(const Connection& connection, std::int64_t version) {
  if (pragma(connection, "application_id") != application_id) not_kalima();
  if (version > schema_version()) too_new(version);
}

void run_migrations(Connection& connection) {
  Transaction transaction(connection);
  // Read in the transaction: another process may have been quicker.
  const std::int64_t version = pragma(connection, "user_version");
  if (version > schema_version()) too_new(version);
  if (version == schema_version()) return;
  // In the transaction too, before its first change: the copy has all that was written under the old version.
  if (version > 0) keep_copy_before(file_of(connection), schema_version());
  for (auto i = static_cast<std::size_t>(version); i < std::size(migrations); ++i)
    connection.execute(migrations[i]);
  connection.execute(
      fmt::format("PRAGMA application_id={}; PRAGMA user_version={}", application_id, schema_version())
          .c_str());
  transaction.commit();
}

}  // namespace

Owner owner_of(std::string_view header) {
  using namespace std::string_view_literals;
  constexpr std::size_t id_at = 68;  // sqlite.org/fileformat.html#the_database_header
  if (!header.starts_with("SQLite format 3\0"sv) || header.size() < database_header_size)
    return Owner::nobody;
  std::int64_t id = 0;
  for (const char c : header.substr(id_at, 4)) id = id << 8 | static_cast<unsigned char>(c);
  return id == application_id ? Owner::kalima : Owner::another_program;
}

int schema_version() { return static_cast<int>(std::size(migrations)); }

void create(Connection& connection) {
  if (!is_empty(connection)) not_kalima();
  run_migrations(connection);
}

void migrate(Connection& connection) {
  const std::int64_t version = pragma(connection, "user_version");
  // An empty file too is none: its owner expects something in it.
  if (version == 0) not_kalima();
  require_not_newer(connection, version);
  if (version < schema_version()) run_migrations(connection);
}

void bring_up_to_date(const std::filesystem::path& database) {
  Connection connection(database, OpenMode::read_write);
  migrate(connection);
}

void require_not_newer(const Connection& connection) {
  require_not_newer(connection, pragma(connection, "user_version"));
}

void require_current(const Connection& connection) {
  const std::int64_t version = pragma(connection, "user_version");
  if (version == 0) not_kalima();
  require_not_newer(connection, version);
  if (version < schema_version()) {
    throw Error(
        ErrorCode::bad_input,
        fmt::format("the database has schema version {}, this kalima needs {}", version, schema_version()),
        "start `kalima serve` once without --read-only: it brings the database up to date");
  }
}

}  // namespace kalima::store
