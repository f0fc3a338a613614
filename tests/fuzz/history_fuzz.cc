// store/research_edit and store/history. An input is a first byte and then,
// - when that is even, edits of a verse and of the registry, each of which is read back from the history;
// they are
//   undone one by one, the latest first, and each time everything is as it was;
// - when it is odd, the changes of a history entry as some other program may have left them in the database:
// undoing
//   them works or is refused, and what is in the database can be read afterwards.
//
// libFuzzer: -max_len=1024 -runs=10000
#include "store/history.h"

#include "api/legacy/verses/verse_json.h"
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
  store::visit_verses(connection, 0, 2,
                      [&](const corpus::Verse& verse) { all.push_back(api::legacy::to_json(verse)); });
  for (const char* section : {"tags", "patterns"})
    all.push_back(store::load_registry_section(connection, section));
  return all;
}

// Without what undoing need not restore: the order of keys, and a missing list that is now empty now.
std::string comparable(json::Value all) {
  for (json::Value& part : *all.as_array()) {
    for (const ResearchKind kind : corpus::all_research_kinds) {
      const json::Value* list = part.find(corpus::verse_key(kind));
      if (list != nullptr && list->as_array() != nullptr && list->as_array()->empty())
        part.erase(corpus::verse_key(kind));
    }
  }
  return json::sorted(all);
}

// One edit, as the input says. An edit that does not fit the list is left out.
void apply(store::ResearchEdit& edit, bool of_verse, Input& input) {
  const std::size_t action = input.below(6);
  const auto position = static_cast<std::int64_t>(input.below(4));
  const ResearchKind kind = corpus::all_research_kinds[input.below(std::size(corpus::all_research_kinds))];
  const std::string_view text = input.line();
  const auto document = refused_or([&] { return json::parse(text); });
  if (!document || document->is_null()) return;
  if (!of_verse) {
    const std::string_view section = position % 2 == 0 ? "tags" : "patterns",
                           name = action % 2 == 0 ? "x" : "y";
    edit.set_registry_entry(section, name, action < 4 ? document : std::nullopt);
    return;
  }
  const bool there = edit.document(kind, position).has_value();
  if (!corpus::is_list(kind)) {
    if (document->as_object() != nullptr) edit.set_list(kind, {*document});
  } else if (action < 2) {
    edit.append(kind, *document);
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
    const std::int64_t id = store::add_history(connection, edit, "edit");
    const auto entries = store::history(connection, about, 1, 0);
    FUZZ_CHECK(entries.size() == 1 && entries[0].id == id && !entries[0].undone_by);
    FUZZ_CHECK(entries[0].changes == json::ordered(json::Value(edit.changes())));
    before.emplace_back(id, std::move(now));
  }
  for (auto entry = before.rbegin(); entry != before.rend(); ++entry) {
    // Undone; that undone; and that in turn, which comes to the same as the first.
    std::int64_t undone = entry->first;
    for (int i = 0; i < 3; ++i) {
      // Refused where two documents have one id: one that comes back could be taken for the other.
      const auto by = refused_or([&] { return store::undo_history(connection, undone); });
      if (!by) return;
      FUZZ_CHECK(store::history(connection, {}, 1, 0).at(0).undoes == undone);
      undone = *by;
    }
    FUZZ_CHECK(comparable(state(connection)) == comparable(entry->second));
  }
}

void check_hostile(store::Connection& connection, Input& input) {
  const bool of_verse = input.flag();
  store::Statement sql(connection,
                       "INSERT INTO history (at, verse, action, undoes, changes) VALUES ('',?,'',NULL,?)");
  of_verse ? sql.bind(0, std::int64_t{1}) : sql.bind_null(0);
  sql.bind(1, input.rest()).run();
  const std::int64_t id = connection.last_insert_id();
  refused_or([&] { return store::history(connection, {}, 10, 0).size(); });
  const json::Value before = state(connection);
  connection.execute("SAVEPOINT undoing");
  const auto undone = refused_or([&] { return store::undo_history(connection, id); });
  if (!undone) {
    connection.execute("ROLLBACK TO undoing");
    FUZZ_CHECK(state(connection) == before);
    return;
  }
  state(connection);
  // What this wrote is an entry like any other.
  FUZZ_CHECK(refused_or([&] { return store::history(connection, {}, 10, 0).size(); }) == 2u);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // One database, taken back to where it was after each input.
  static const std::filesystem::path path = [] {
    const std::filesystem::path database = new_database();
    store::CorpusWriter writer(database);
    for (const char* verse : verses) writer.add(api::legacy::verse_from_json(json::parse(verse)).verse);
    writer.add_registry("", "tags", true);
    writer.add_registry("tags", "x", json::Object{{"colour", "red"}});
    writer.finish();
    return database;
  }();
  static store::Connection connection(path, store::OpenMode::read_write);
  const store::Transaction rolled_back(connection);
  Input input(data, size);
  input.flag() ? check_hostile(connection, input) : check_edits(connection, input);
  return 0;
}
