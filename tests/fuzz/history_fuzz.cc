// store/research_edit and store/history. An input is a first byte and then,
// - when that is even, edits of a verse and of the registry, each of which is committed, read back from the history and
//   undone: then everything is as it was;
// - when it is odd, the changes of a history entry as some other program may have left them in the database: undoing
//   them works or is refused, and what is in the database can be read afterwards.
// libFuzzer: -max_len=1024
#include "store/history.h"

#include "fuzzing.h"
#include "store/corpus_reader.h"
#include "store/research_edit.h"
#include "store/schema.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;
using corpus::ResearchKind;

constexpr const char* verses[] = {
    R"({"surah":{"number":1,"name":"A"},"ayah":1,"text":"","tokens":[]})",
    R"({"ayah":2,"surah":{"number":1,"name":"A"},"x":[],"annotations":[{"id":"a"},{"id":"b"}],"text":"","connections":{"internal":[]}})",
};

json::Value state(const store::Connection& connection) {
  json::Array all;
  store::visit_verses(connection, 0, 2, [&](const corpus::Verse& verse) { all.push_back(to_json(verse)); });
  for (const char* section : {"tags", "patterns"}) all.push_back(store::load_registry_section(connection, section));
  return all;
}

// One edit, as the input says. An edit that does not fit the list is left out.
void apply(store::ResearchEdit& edit, bool of_verse, Input& input) {
  const std::size_t action = input.below(6);
  const std::size_t position = input.below(4);
  const ResearchKind kind = corpus::all_research_kinds[input.below(std::size(corpus::all_research_kinds))];
  const std::string_view text = input.line();
  const auto document = refused_or([&] { return json::parse(text); });
  if (!document || document->is_null()) return;
  if (!of_verse) {
    const std::string_view section = position % 2 == 0 ? "tags" : "patterns", name = action % 2 == 0 ? "x" : "y";
    edit.set_registry_entry(section, name, action < 4 ? document : std::nullopt);
    return;
  }
  const auto list = edit.list(kind);
  const bool there = list && position < list->size();
  if (!corpus::is_list(kind)) {
    if (document->as_object() != nullptr) edit.set_list(kind, {*document});
  } else if (action < 2) {
    edit.insert(kind, position, *document);
  } else if (action == 2 && there) {
    edit.replace(kind, position, *document);
  } else if (action == 3 && there) {
    edit.erase(kind, position);
  } else if (action == 4 && document->as_array() != nullptr) {
    edit.set_list(kind, *document->as_array());
  } else if (action == 5) {
    edit.ensure_list(kind);
  }
}

void check_edits(store::Connection& connection, Input& input) {
  std::vector<std::pair<std::int64_t, json::Value>> before;  // entry, state before it
  while (!input.empty() && before.size() < 8) {
    const std::size_t verse = input.below(3);
    const auto about = verse < 2 ? std::optional(static_cast<std::int64_t>(verse)) : std::nullopt;
    json::Value now = state(connection);
    store::ResearchEdit edit(connection, about);
    apply(edit, about.has_value(), input);
    if (edit.changes().empty()) continue;
    const std::int64_t id =
        store::add_history(connection, {.verse = about, .action = "edit", .undoes = {}, .changes = edit.changes()});
    const auto entries = store::history(connection, about, 1, 0);
    FUZZ_CHECK(entries.size() == 1 && entries[0].id == id && !entries[0].undone_by);
    FUZZ_CHECK(entries[0].changes == json::Value(edit.changes()));
    before.emplace_back(id, std::move(now));
  }
  // An empty list that came without an entry of its own is not taken away again by one.
  for (auto entry = before.rbegin(); entry != before.rend(); ++entry) {
    const std::int64_t undo = store::undo_history(connection, entry->first);
    FUZZ_CHECK(store::history(connection, {}, 1, 0).at(0).undoes == entry->first);
    // Undoing that one, and that undoing in turn, comes to the same.
    store::undo_history(connection, store::undo_history(connection, undo));
  }
}

void check_hostile(store::Connection& connection, Input& input) {
  const bool of_verse = input.flag();
  store::Statement sql(connection, "INSERT INTO history (at, verse, action, undoes, changes) VALUES ('',?,'',NULL,?)");
  of_verse ? sql.bind(0, std::int64_t{1}) : sql.bind_null(0);
  sql.bind(1, input.rest()).run();
  const std::int64_t id = connection.last_insert_id();
  refused_or([&] { return store::history(connection, {}, 10, 0).size(); });
  const json::Value before = state(connection);
  const auto undone = refused_or([&] {
    store::Transaction transaction(connection);
    const std::int64_t by = store::undo_history(connection, id);
    transaction.commit();
    return by;
  });
  const json::Value after = state(connection);
  if (!undone) {
    FUZZ_CHECK(after == before);
    return;
  }
  // What this wrote is an entry like any other.
  FUZZ_CHECK(refused_or([&] { return store::history(connection, {}, 10, 0).size(); }) == 2u);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // One database, taken back to where it was after each input.
  static const std::filesystem::path path = [] {
    const std::filesystem::path database = new_database();
    store::CorpusWriter writer(database);
    for (const char* verse : verses) writer.add(corpus::verse_from_json(json::parse(verse)));
    writer.add_registry("", "tags", true);
    writer.add_registry("tags", "x", json::Object{{"colour", "red"}});
    writer.finish();
    return database;
  }();
  Input input(data, size);
  if (input.flag()) {
    // Undoing wants a transaction of its own.
    const std::filesystem::path copy = scratch_folder() / "copy.db";
    std::filesystem::copy_file(path, copy, std::filesystem::copy_options::overwrite_existing);
    {
      store::Connection connection(copy, store::OpenMode::read_write);
      connection.execute("PRAGMA synchronous=OFF");
      check_hostile(connection, input);
    }
  } else {
    static store::Connection connection(path, store::OpenMode::read_write);
    const store::Transaction rolled_back(connection);
    check_edits(connection, input);
  }
  return 0;
}
