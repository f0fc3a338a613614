#include "store/cells.h"
#include "store/corpus_reader.h"
#include "store/corpus_writer.h"
#include "store/schema.h"
#include "store/sqlite.h"

#include "small_corpus.h"

using namespace kalima;
using store::Connection;
using store::OpenMode;
using store::Statement;
using testing::error_of;
using testing::Random;
using testing::TemporaryFolder;

namespace {

json::Array as_json(const testing::Corpus& corpus) {
  json::Array out;
  for (std::size_t i = 0; i < corpus.verses.size(); ++i) out.push_back(corpus.json(i));
  return out;
}

bool same_rows(const std::vector<corpus::TableRow>& a, const std::vector<corpus::TableRow>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const corpus::TableRow& x, const corpus::TableRow& y) {
                      return x.verse == y.verse && x.cells == y.cells;
                    });
}

}  // namespace

TEST_CASE("a connection makes a new file, or opens an existing one") {
  const TemporaryFolder folder;
  CHECK(error_of([&] { Connection(folder / "a.db", OpenMode::read_write); }) == ErrorCode::not_found);
  CHECK(error_of([&] { Connection(folder / "a.db", OpenMode::read_only); }) == ErrorCode::not_found);
  { Connection(folder / "a.db", OpenMode::create).execute("CREATE TABLE t (a); INSERT INTO t VALUES (1)"); }
  CHECK(error_of([&] { Connection(folder / "a.db", OpenMode::create); }) == ErrorCode::io);
  Connection reader(folder / "a.db", OpenMode::read_only);
  CHECK(error_of([&] { reader.execute("INSERT INTO t VALUES (2)"); }) == ErrorCode::unavailable);
  Connection writer(folder / "a.db", OpenMode::read_write);
  writer.execute("INSERT INTO t VALUES (2)");
  CHECK(writer.changes() == 1);
  CHECK(writer.last_insert_id() == 2);
}

TEST_CASE("a file that is not a database is the user's mistake") {
  const TemporaryFolder folder;
  files::write_durably(folder / "text", std::string(5'000, 'x'));
  CHECK(error_of([&] {
          Connection connection(folder / "text", OpenMode::read_only);
          Statement(connection, "SELECT * FROM sqlite_schema").step();
        }) == ErrorCode::damaged);
  CHECK(error_of([&] { store::CorpusReader(folder / "text"); }) == ErrorCode::damaged);
}

TEST_CASE("values are bound and read back") {
  using namespace std::string_literals;
  const TemporaryFolder folder;
  Connection connection(folder / "a.db", OpenMode::create);
  connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, i INTEGER, s TEXT)");
  Statement insert(connection, "INSERT INTO t (i, s) VALUES (?, ?)");
  const std::vector<std::pair<std::int64_t, std::optional<std::string>>> rows = {
      {0, ""},       {INT64_MAX, "text"}, {INT64_MIN, std::nullopt},
      {-1, "a\0b"s}, {7, "سورة"},         {8, std::string(100'000, 'k')}};
  for (const auto& [i, s] : rows) insert.bind(0, i).bind(1, s).run();
  insert.bind_null(0).bind(1, std::string_view()).run();
  Statement select(connection, "SELECT i, s FROM t ORDER BY id");
  for (int round = 0; round < 2; ++round) {
    for (const auto& [i, s] : rows) {
      REQUIRE(select.step());
      CHECK(select.integer(0) == i);
      CHECK(select.is_null(1) == !s);
      CHECK(select.optional_text(1) == s);
      CHECK(select.text(1) == s.value_or(""));
    }
    REQUIRE(select.step());
    CHECK(select.is_null(0));
    CHECK_FALSE(select.is_null(1));
    CHECK(select.text(1) == "");
    // Done, and ready to be run again.
    CHECK_FALSE(select.step());
  }
  select.step();
  select.reset();
  REQUIRE(select.step());
  CHECK(select.integer(0) == 0);
}

TEST_CASE("a statement with a mistake says which") {
  const TemporaryFolder folder;
  const Connection connection(folder / "a.db", OpenMode::create);
  CHECK(testing::message_of([&] { Statement(connection, "SELECT oops FROM nowhere"); }).find("nowhere") !=
        std::string::npos);
}

TEST_CASE("a statement is used again as if it were new, and twice at the same time") {
  const TemporaryFolder folder;
  Connection connection(folder / "a.db", OpenMode::create);
  connection.execute("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2)");
  const char* const rows = "SELECT a, ? FROM t ORDER BY a";
  for (int round = 0; round < 3; ++round) {
    Statement outer(connection, rows);
    REQUIRE(outer.bind(0, std::string_view("bound")).step());  // left amid its rows
    CHECK(outer.integer(0) == 1);
    CHECK(outer.text(1) == "bound");
    Statement inner(connection, rows);
    REQUIRE(inner.step());
    CHECK(inner.integer(0) == 1);
    CHECK(inner.is_null(1));
    const Statement moved(std::move(inner));
    CHECK(moved.integer(0) == 1);
    REQUIRE(outer.step());
    CHECK(outer.integer(0) == 2);
  }
  // None of them holds the table, or goes by what it was.
  connection.execute("DROP TABLE t; CREATE TABLE t (b TEXT, a TEXT); INSERT INTO t VALUES ('x', 'y')");
  Statement again(connection, rows);
  REQUIRE(again.step());
  CHECK(again.text(0) == "y");
}

TEST_CASE("a transaction is rolled back unless it was committed") {
  const TemporaryFolder folder;
  Connection connection(folder / "a.db", OpenMode::create);
  connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY)");
  const auto count = [&] {
    Statement sql(connection, "SELECT count(*) FROM t");
    sql.step();
    return sql.integer(0);
  };
  {
    store::Transaction transaction(connection);
    connection.execute("INSERT INTO t VALUES (1)");
    CHECK(count() == 1);
  }
  CHECK(count() == 0);
  {
    store::Transaction transaction(connection);
    connection.execute("INSERT INTO t VALUES (1)");
    transaction.commit();
  }
  CHECK(count() == 1);
  CHECK_THROWS_AS(
      [&] {
        store::Transaction transaction(connection);
        connection.execute("INSERT INTO t VALUES (2); INSERT INTO t VALUES (1)");
      }(),
      Error);
  CHECK(count() == 1);
  // The connection is not left in a transaction.
  CHECK_NOTHROW(store::Transaction(connection).commit());
}

TEST_CASE("foreign keys are watched") {
  const TemporaryFolder folder;
  Connection connection(folder / "a.db", OpenMode::create);
  store::create(connection);
  CHECK_THROWS_AS(connection.execute("INSERT INTO word (verse, position, id) VALUES (0, 0, 1)"), Error);
}

TEST_CASE("the schema is made once, and known by its version") {
  const TemporaryFolder folder;
  Connection connection(folder / "a.db", OpenMode::create);
  store::create(connection);
  CHECK_NOTHROW(store::require_current(connection));
  CHECK_NOTHROW(store::migrate(connection));
  Statement version(connection, "PRAGMA user_version");
  REQUIRE(version.step());
  CHECK(version.integer(0) == store::schema_version());
}

TEST_CASE("an empty file is not a database") {
  const TemporaryFolder folder;
  Connection connection(folder / "a.db", OpenMode::create);
  CHECK(error_of([&] { store::migrate(connection); }) == ErrorCode::bad_input);
  CHECK(error_of([&] { store::require_current(connection); }) == ErrorCode::bad_input);
  store::create(connection);
  CHECK(error_of([&] { store::create(connection); }) == ErrorCode::bad_input);
}

TEST_CASE("a database of a newer version is left alone") {
  const TemporaryFolder folder;
  {
    Connection connection(folder / "a.db", OpenMode::create);
    store::create(connection);
    connection.execute(("PRAGMA user_version=" + std::to_string(store::schema_version() + 1)).c_str());
    CHECK(error_of([&] { store::migrate(connection); }) == ErrorCode::bad_input);
    CHECK(error_of([&] { store::require_current(connection); }) == ErrorCode::bad_input);
  }
  CHECK(error_of([&] { store::CorpusReader(folder / "a.db"); }) == ErrorCode::bad_input);
  CHECK(testing::message_of([&] { store::CorpusReader(folder / "a.db"); }).find("version") !=
        std::string::npos);
}

TEST_CASE("a database of an older version is not read as if it were of this one") {
  const TemporaryFolder folder;
  Connection connection(folder / "a.db", OpenMode::create);
  store::create(connection);
  connection.execute("PRAGMA user_version=0");
  CHECK(error_of([&] { store::require_current(connection); }) == ErrorCode::bad_input);
}

TEST_CASE("another program's file is left alone") {
  const TemporaryFolder folder;
  // With its own version, with its own application id, with neither.
  int number = 0;
  for (const char* pragmas : {"PRAGMA user_version=1", "PRAGMA application_id=7; PRAGMA user_version=1",
                              "PRAGMA application_id=7", "PRAGMA user_version=0"}) {
    CAPTURE(pragmas);
    const auto path = folder.path() / std::to_string(number++);
    Connection connection(path, OpenMode::create);
    connection.execute("CREATE TABLE notes (text); INSERT INTO notes VALUES ('mine')");
    connection.execute(pragmas);
    CHECK(error_of([&] { store::migrate(connection); }) == ErrorCode::bad_input);
    CHECK(error_of([&] { store::require_current(connection); }) == ErrorCode::bad_input);
    CHECK(error_of([&] { store::CorpusReader{path}; }) == ErrorCode::bad_input);
    Statement tables(connection, "SELECT count(*) FROM sqlite_schema");
    REQUIRE(tables.step());
    CHECK(tables.integer(0) == 1);
  }
}

TEST_CASE("cells come back from their text") {
  using store::cells_from_text;
  using store::cells_to_text;
  CHECK(cells_to_text({"a", "", "b\tc\nd\\"}) == "a\t\tb\\tc\\nd\\\\");
  CHECK(cells_from_text("a\t\tb") == std::vector<std::string>{"a", "", "b"});
  CHECK(cells_from_text("") == std::vector<std::string>{""});
  Random random(21);
  const std::string letters("a\t\n\\tn\r\0\"", 10);
  std::vector<std::string> reused{"left", "over", "cells", "of", "the", "row", "before"};
  for (int round = 0; round < 5'000; ++round) {
    std::vector<std::string> cells(random.between(1, 5));
    for (std::string& cell : cells) {
      for (std::size_t left = random.between(0, 5); left > 0; --left) cell += random.pick(letters);
    }
    const std::string text = cells_to_text(cells);
    CHECK(text.find('\n') == std::string::npos);
    CHECK(cells_from_text(text) == cells);
    cells_from_text(text, reused);
    CHECK(reused == cells);
  }
}

TEST_CASE("a corpus is read as it was written") {
  Random random(22);
  for (int round = 0; round < 6; ++round) {
    const TemporaryFolder folder;
    const testing::Corpus written = testing::random_corpus(random, random.between(1, 60), round % 2 == 1);
    testing::write_database(written, folder / "c.db");
    const store::CorpusReader reader(folder / "c.db");
    const testing::Corpus read = testing::read_database(reader);
    CHECK(as_json(read) == as_json(written));
    CHECK(reader.verse_count() == static_cast<std::int64_t>(written.verses.size()));
    CHECK(read.treebank_columns == written.treebank_columns);
    CHECK(read.masaq_columns == written.masaq_columns);
    CHECK(same_rows(read.treebank, written.treebank));
    CHECK(same_rows(read.masaq, written.masaq));
    for (const corpus::ResearchKind kind : corpus::all_research_kinds) {
      std::int64_t documents = 0;
      for (const corpus::Verse& verse : written.verses) {
        for (const corpus::Research& research : verse.research) {
          if (research.kind == kind) documents += static_cast<std::int64_t>(research.documents.size());
        }
      }
      CHECK(reader.research_count(kind) == documents);
    }
    // The typed members come back too, not only the object.
    for (std::size_t v = 0; v < read.verses.size(); ++v) {
      CHECK(read.verses[v].surah == written.verses[v].surah);
      REQUIRE(read.verses[v].words.size() == written.verses[v].words.size());
      for (std::size_t w = 0; w < read.verses[v].words.size(); ++w) {
        const auto &a = read.verses[v].words[w], &b = written.verses[v].words[w];
        CHECK(a.form == b.form);
        REQUIRE(a.segments.size() == b.segments.size());
        for (std::size_t i = 0; i < a.segments.size(); ++i) {
          CHECK(a.segments[i].root == b.segments[i].root);
          CHECK(a.segments[i].features == b.segments[i].features);
        }
      }
    }
  }
}

TEST_CASE("rows of no verse, meta and the registry") {
  const TemporaryFolder folder;
  {
    store::CorpusWriter writer(folder / "c.db");
    writer.set_columns(store::Table::masaq, {"a", "b"});
    writer.add_row(store::Table::masaq, {std::nullopt, {"1", ""}});
    writer.set_meta("key", "first");
    writer.set_meta("key", "second");
    writer.add_registry("", "version", "1.0");
    writer.add_registry("", "tags", true);
    writer.add_registry("tags", "z", json::Object{{"n", 1}});
    writer.add_registry("tags", "a", nullptr);
    writer.add_registry("", "flag", true);
    writer.finish();
  }
  const store::CorpusReader reader(folder / "c.db");
  CHECK(reader.meta("key") == "second");
  CHECK_FALSE(reader.meta("none"));
  CHECK(reader.columns(store::Table::treebank).empty());
  std::size_t rows = 0;
  reader.each_row(store::Table::masaq, [&](const corpus::TableRow& row) {
    ++rows;
    CHECK_FALSE(row.verse);
    CHECK(row.cells == std::vector<std::string>{"1", ""});
  });
  CHECK(rows == 1);
  CHECK(json::ordered(reader.registry_object()) ==
        R"({"version":"1.0","tags":{"z":{"n":1},"a":null},"flag":true})");
  CHECK(json::ordered(reader.registry_section("tags")) == R"({"z":{"n":1},"a":null})");
  CHECK(json::ordered(reader.registry_section("patterns")) == "{}");
  CHECK(reader.registry_count("tags") == 2);
  REQUIRE(reader.registry_entry("tags", "z"));
  CHECK(json::ordered(*reader.registry_entry("tags", "z")) == R"({"n":1})");
  REQUIRE(reader.registry_entry("tags", "a"));
  CHECK(reader.registry_entry("tags", "a")->is_null());
  CHECK_FALSE(reader.registry_entry("tags", "Z"));
  CHECK_FALSE(reader.registry_entry("patterns", "z"));
}

TEST_CASE("two databases are told apart") {
  const TemporaryFolder folder;
  for (const char* name : {"a.db", "b.db"}) store::CorpusWriter(folder / name).finish();
  const std::string a = store::CorpusReader(folder / "a.db").identity(),
                    b = store::CorpusReader(folder / "b.db").identity();
  CHECK(a != b);
  CHECK(a.size() >= 16);
}
