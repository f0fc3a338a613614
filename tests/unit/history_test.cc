#include "store/history.h"

#include "api/legacy/verses/layout_tables.h"
#include "api/legacy/verses/verse_json.h"
#include "store/corpus_reader.h"
#include "store/research_edit.h"
#include "testing.h"

using namespace kalima;
using corpus::ResearchKind;
using testing::error_of;
using testing::TemporaryFolder;

namespace {

// A database of one verse, the given one.
store::Connection database_of(const TemporaryFolder& folder, std::string_view verse) {
  {
    store::CorpusWriter writer(folder / "c.db");
    const auto written = api::legacy::verse_from_json(json::parse(verse));
    api::legacy::LayoutWriter(writer).add(writer.add(written.verse), written.layout);
    writer.finish();
  }
  return {folder / "c.db", store::OpenMode::read_write};
}

std::int64_t add(store::Connection& connection, std::optional<std::int64_t> verse,
                 const std::string& changes) {
  store::Statement sql(connection,
                       "INSERT INTO history (at, verse, action, undoes, changes) VALUES ('',?,'',NULL,?)");
  verse ? sql.bind(0, *verse) : sql.bind_null(0);
  sql.bind(1, changes).run();
  return connection.last_insert_id();
}

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']');
}

constexpr const char* plain_verse = R"({"surah":{"number":1,"name":"A"},"ayah":1,"text":"","tokens":[]})";

}  // namespace

TEST_CASE("a document nested as deep as an import may have it can be changed, and that undone") {
  const TemporaryFolder folder;
  // The verse nests 64 deep, which is as much as is read.
  const std::string connections = R"({"internal":)" + nested(62) + "}";
  const std::string translation = R"({"id":)" + nested(61) + "}";
  store::Connection connection =
      database_of(folder, R"({"surah":{"number":1,"name":"A"},"ayah":1,"text":"","tokens":[],)"
                          R"("connections":)" +
                              connections + R"(,"translations":[)" + translation + "]}");
  const json::Value before = api::legacy::to_json(store::load_verse(connection, 0));
  for (const ResearchKind kind : {ResearchKind::connections, ResearchKind::translation}) {
    CAPTURE(corpus::verse_key(kind));
    store::ResearchEdit edit(connection, 0);
    edit.set_list(kind, {json::Object{}});
    const std::int64_t entry = store::add_history(connection, edit, "x");
    CHECK(store::history(connection, 0, 10, 0).at(0).changes == json::ordered(json::Value(edit.changes())));
    store::undo_history(connection, entry);
    CHECK(api::legacy::to_json(store::load_verse(connection, 0)) == before);
  }
}

TEST_CASE("an entry of the history that Kalima did not write is refused when it is undone") {
  const TemporaryFolder folder;
  store::Connection connection = database_of(folder, plain_verse);
  const auto undoing = [&](std::optional<std::int64_t> verse, const std::string& changes) {
    const std::int64_t entry = add(connection, verse, changes);
    return error_of([&] {
      const store::Transaction rolled_back(connection);
      store::undo_history(connection, entry);
    });
  };
  // Documents of no verse.
  CHECK(undoing({}, R"([{"kind":"annotations","position":0,"before":{"id":"a"},"after":null}])") ==
        ErrorCode::bad_input);
  CHECK(undoing({}, R"([{"kind":"connections","before":null,"after":{}}])") == ErrorCode::bad_input);
  // No changes, and changes of an unknown kind.
  CHECK(undoing(0, "{}") == ErrorCode::bad_input);
  CHECK(undoing(0, "[7]") == ErrorCode::bad_input);
  CHECK(undoing(0, R"([{"kind":"","name":"tags","before":{"x":1},"after":null}])") == ErrorCode::bad_input);
  CHECK(undoing({}, R"([{"kind":"words","name":"x","before":1,"after":null}])") == ErrorCode::bad_input);
}
