// Writes to research cost what they change: what SQLite does for one is counted, not timed.
#include <fmt/format.h>
#include <sqlite3.h>

#include "api/legacy/live_verses.h"
#include "small_corpus.h"
#include "store/corpus_reader.h"
#include "store/history.h"
#include "store/research_edit.h"
#include "testing.h"

using namespace kalima;
using corpus::ResearchKind;
using testing::error_of;
using testing::Random;
using testing::TemporaryFolder;

namespace {

constexpr ResearchKind kind = ResearchKind::annotation;

struct Work {
  int steps = 0;  // of SQLite's virtual machine
  int pages = 0;  // looked at
};

int page_count(sqlite3* db) {
  int out = 0;
  for (const int which : {SQLITE_DBSTATUS_CACHE_HIT, SQLITE_DBSTATUS_CACHE_MISS}) {
    int now = 0, highest = 0;
    sqlite3_db_status(db, which, &now, &highest, 0);
    out += now;
  }
  return out;
}

template <typename Action>
Work work_of(const store::Connection& connection, Action action) {
  Work work;
  const auto count = [](void* steps) {
    ++*static_cast<int*>(steps);
    return 0;
  };
  const int before = page_count(connection.handle());
  sqlite3_progress_handler(connection.handle(), 1, count, &work.steps);
  action();
  sqlite3_progress_handler(connection.handle(), 0, nullptr, nullptr);
  work.pages = page_count(connection.handle()) - before;
  return work;
}

json::Value note(int number, int bytes) {
  return json::Object{{"id", fmt::format("n-{}", number)},
                      {"note", std::string(static_cast<std::size_t>(bytes), 'x')}};
}

// A database of one verse with that many annotations.
store::Connection database_with(const std::filesystem::path& path, int documents, int bytes) {
  {
    store::CorpusWriter writer(path);
    corpus::Verse verse;
    verse.surah = verse.ayah = 1;
    auto& list = verse.research.emplace_back();
    list.kind = kind;
    for (int i = 0; i < documents; ++i) list.documents.push_back(note(i, bytes));
    writer.add(verse);
    writer.finish();
  }
  return {path, store::OpenMode::read_write};
}

std::string ids(const store::Connection& connection) {
  std::string out;
  for (const corpus::Research& list : store::load_verse(connection, 0).research) {
    for (const json::Value& document : list.documents) out += json::ordered(*document.find("id"));
  }
  return out;
}

std::int64_t keep(store::Connection& connection, store::ResearchEdit& edit) {
  return store::add_history(connection, edit, "x");
}

}  // namespace

TEST_CASE("a write costs the same, however many documents the list has") {
  const TemporaryFolder folder;
  for (const int bytes : {60, 5'000}) {
    const auto work = [&](int documents, auto write) {
      store::Connection connection =
          database_with(folder / fmt::format("{}.db", documents).c_str(), documents, bytes);
      const Work done = work_of(connection, [&] {
        const store::Transaction rolled_back(connection);
        store::ResearchEdit edit(connection, 0);
        edit.tag(corpus::all_research_kinds);
        write(edit, documents);
        keep(connection, edit);
        edit.tag(corpus::all_research_kinds);
      });
      std::filesystem::remove(folder / fmt::format("{}.db", documents).c_str());
      return done;
    };
    const auto same = [&](const char* name, auto write) {
      CAPTURE(name);
      CAPTURE(bytes);
      const Work few = work(10, write), many = work(1'900, write);
      CHECK(many.steps <= few.steps + few.steps / 2);
      // A tree of more pages is deeper.
      CHECK(many.pages <= 2 * few.pages + 10);
    };
    same("append", [&](store::ResearchEdit& edit, int documents) {
      REQUIRE(edit.size(kind) == static_cast<std::size_t>(documents));
      REQUIRE(edit.places(kind, "new").empty());
      edit.append(kind, note(documents, bytes));
    });
    same("change", [&](store::ResearchEdit& edit, int documents) {
      const auto places = edit.places(kind, fmt::format("n-{}", documents / 2));
      REQUIRE(places.size() == 1);
      REQUIRE(edit.document(kind, places[0]) == note(documents / 2, bytes));
      edit.replace(kind, places[0], json::Object{{"id", "y"}});
    });
    same("remove", [&](store::ResearchEdit& edit, int documents) {
      edit.erase(kind, edit.places(kind, fmt::format("n-{}", documents / 2)).at(0));
    });
    same("undo", [&](store::ResearchEdit& edit, int documents) {
      // Of a removal that is in the history already.
      edit.undo({json::Object{{"kind", corpus::verse_key(kind)},
                              {"position", static_cast<std::int64_t>(documents)},
                              {"before", note(documents, bytes)},
                              {"after", nullptr}}});
    });
  }
}

TEST_CASE("the history costs what is shown of it, however much was undone") {
  const TemporaryFolder folder;
  const auto work = [&](int undone) {
    store::Connection connection = database_with(folder / fmt::format("{}.db", undone).c_str(), 0, 1);
    {
      store::Transaction kept(connection);
      for (int i = 0; i < undone; ++i) {
        store::ResearchEdit edit(connection, 0);
        edit.append(kind, note(i, 1));
        store::undo_history(connection, keep(connection, edit));
      }
      kept.commit();
    }
    const auto reading = [&](std::size_t limit) {
      return work_of(connection, [&] {
        CHECK(store::history(connection, std::nullopt, limit, 0).size() ==
              std::min(limit, 2 * static_cast<std::size_t>(undone)));
      });
    };
    return std::pair(reading(20), reading(100'000));
  };
  const auto [few_shown, few] = work(50);
  const auto [many_shown, many] = work(1'000);
  CHECK(many_shown.steps <= few_shown.steps + few_shown.steps / 2);
  CHECK(many.steps <= 20 * (few.steps + few.steps / 2));
  CHECK(many.pages <= 20 * (2 * few.pages + 10));
}

TEST_CASE("what is removed leaves a gap, and comes back into it") {
  const TemporaryFolder folder;
  store::Connection connection = database_with(folder / "a.db", 4, 1);
  CHECK(ids(connection) == R"("n-0""n-1""n-2""n-3")");
  store::ResearchEdit removal(connection, 0);
  removal.erase(kind, removal.places(kind, "n-1").at(0));
  const std::int64_t removed = keep(connection, removal);
  store::ResearchEdit last(connection, 0);
  last.erase(kind, last.places(kind, "n-3").at(0));
  const std::int64_t removed_last = keep(connection, last);
  store::ResearchEdit addition(connection, 0);
  CHECK(addition.size(kind) == 2);
  addition.append(kind, note(9, 1));
  keep(connection, addition);
  CHECK(ids(connection) == R"("n-0""n-2""n-9")");
  store::undo_history(connection, removed);
  CHECK(ids(connection) == R"("n-0""n-1""n-2""n-9")");
  // Its place has been taken.
  store::undo_history(connection, removed_last);
  CHECK(ids(connection) == R"("n-0""n-1""n-2""n-3""n-9")");
  store::ResearchEdit again(connection, 0);
  CHECK(again.size(kind) == 5);
  CHECK(again.places(kind, "n-9") == std::vector<std::int64_t>{4});
}

TEST_CASE("a document is found again by what it was when it has no id, or a place that another one has") {
  const TemporaryFolder folder;
  store::Connection connection = database_with(folder / "a.db", 0, 1);
  std::vector<std::int64_t> entries;
  for (const json::Value& id : {json::Value(7), json::Value(), json::Value("a"), json::Value("a")}) {
    store::ResearchEdit edit(connection, 0);
    edit.append(kind, json::Object{{"id", id}, {"n", static_cast<std::int64_t>(entries.size())}});
    entries.push_back(keep(connection, edit));
  }
  CHECK(ids(connection) == R"(7null"a""a")");
  const std::int64_t undone = store::undo_history(connection, entries[0]);
  store::undo_history(connection, entries[2]);
  CHECK(ids(connection) == R"(null"a")");
  store::undo_history(connection, undone);
  CHECK(ids(connection) == R"(7null"a")");
  // An id that is taken again.
  store::ResearchEdit edit(connection, 0);
  edit.erase(kind, 0);
  const std::int64_t removal = keep(connection, edit);
  store::ResearchEdit other(connection, 0);
  other.append(kind, json::Object{{"id", 7}});
  keep(connection, other);
  CHECK(error_of([&] { store::undo_history(connection, removal); }) == ErrorCode::conflict);
}

TEST_CASE("a tag belongs to the state of one list, and is another one in a copy that was written to") {
  const TemporaryFolder folder;
  store::Connection connection = database_with(folder / "a.db", 1, 1);
  constexpr ResearchKind annotations[] = {ResearchKind::annotation}, others[] = {ResearchKind::translation};
  const auto tag = [](store::Connection& of, const auto& kinds) { return store::research_tag(of, 0, kinds); };
  const std::string first = tag(connection, annotations), other = tag(connection, others);
  CHECK(first != other);
  CHECK(tag(connection, annotations) == first);
  std::filesystem::copy_file(folder / "a.db", folder / "b.db");
  const auto write = [](store::Connection& to) {
    store::ResearchEdit edit(to, 0);
    edit.append(kind, note(1, 1));
    keep(to, edit);
  };
  write(connection);
  const std::string second = tag(connection, annotations);
  CHECK(second != first);
  CHECK(tag(connection, others) == other);
  store::Connection copy(folder / "b.db", store::OpenMode::read_write);
  CHECK(tag(copy, annotations) == first);
  write(copy);
  CHECK(tag(copy, annotations) != second);
}

TEST_CASE("a changed verse is rendered at its next read, once") {
  Random random(4);
  const testing::IndexedCorpus corpus(testing::random_corpus(random, 3, false));
  const store::CorpusReader reader(corpus.database());
  int reads = 0;
  const api::legacy::LiveVerses verses(corpus.snapshot(), [&](const auto& read) {
    ++reads;
    read(reader);
  });
  auto& followed = const_cast<api::legacy::LiveVerses&>(verses);
  const std::string imported(verses.verse(1).json);
  store::Connection writer(corpus.database(), store::OpenMode::read_write);
  for (int i = 0; i < 5; ++i) {
    store::ResearchEdit edit(writer, 1);
    edit.append(kind, note(i, 10));
    keep(writer, edit);
    const auto before = followed.follow(1);
    // What nobody has read needs no eviction.
    CHECK(before.json == (i == 0 ? imported : ""));
  }
  CHECK(reads == 0);
  const std::string now(verses.verse(1).json);
  CHECK(now.find("\"n-4\"") != std::string::npos);
  CHECK(verses.verse(1).json == now);
  verses.written(1, kind);
  CHECK(reads == 1);
  CHECK(followed.follow(1).json == now);
  CHECK(verses.verse(1).json == now);
  CHECK(reads == 2);
  verses.verse(0);
  CHECK(reads == 2);
}

TEST_CASE("text and tag are of one state, also when another program has just written") {
  Random random(5);
  const testing::IndexedCorpus corpus(testing::random_corpus(random, 3, false));
  const store::CorpusReader reader(corpus.database());
  const api::legacy::LiveVerses verses(corpus.snapshot(), [&](const auto& read) { read(reader); });
  const auto first = verses.written(1, kind);
  store::Connection writer(corpus.database(), store::OpenMode::read_write);
  store::ResearchEdit edit(writer, 1);
  edit.append(kind, note(77, 10));
  keep(writer, edit);
  const auto second = verses.written(1, kind);
  CHECK(second.tag != first.tag);
  CHECK(second.text.json.find("\"n-77\"") != std::string::npos);
}

namespace {

// An entry as an undo of another one writes it, or any.
std::int64_t add_entry(store::Connection& connection, std::int64_t verse,
                       std::optional<std::int64_t> undoes) {
  store::Statement sql(connection,
                       "INSERT INTO history (at, verse, action, undoes, changes) VALUES ('',?,'x',?,'[]')");
  sql.bind(0, verse);
  undoes ? sql.bind(1, *undoes) : sql.bind_null(1);
  sql.run();
  return connection.last_insert_id();
}

// The latest entry in effect that undoes it, by its definition.
std::optional<std::int64_t> undone_by(const std::vector<std::optional<std::int64_t>>& undoes,
                                      std::size_t id) {
  for (std::size_t later = undoes.size() - 1; later > id; --later) {
    if (undoes[later] == static_cast<std::int64_t>(id) && !undone_by(undoes, later))
      return static_cast<std::int64_t>(later);
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE("the history costs what it lists, however often changes were undone") {
  const TemporaryFolder folder;
  store::Connection connection = database_with(folder / "a.db", 0, 1);
  const auto work = [&](int entries) {
    const store::Transaction rolled_back(connection);
    std::optional<std::int64_t> last;
    for (int i = 0; i < entries; ++i) last = add_entry(connection, 0, last);
    return work_of(connection, [&] {
      REQUIRE(store::history(connection, {}, 100'000, 0).size() == static_cast<std::size_t>(entries));
    });
  };
  const Work few = work(200), many = work(4'000);
  CHECK(many.steps <= 25 * few.steps);
}

TEST_CASE("who undid an entry is told in every part of the history") {
  const TemporaryFolder folder;
  store::Connection connection = database_with(folder / "a.db", 0, 1);
  Random random(7);
  std::vector<std::optional<std::int64_t>> undoes(1);  // by number, from 1
  for (std::int64_t id = 1; id <= 60; ++id) {
    std::optional<std::int64_t> of;
    if (id > 1 && random.below(3) > 0)
      of = 1 + static_cast<std::int64_t>(random.below(static_cast<std::size_t>(id) - 1));
    REQUIRE(add_entry(connection, 0, of) == id);
    undoes.push_back(of);
  }
  for (const std::size_t bytes : {std::size_t{1}, std::size_t{20}, std::string::npos}) {
    for (const std::size_t offset : {0u, 1u, 17u, 59u, 60u, 1000u}) {
      for (const std::optional<std::int64_t> verse :
           {std::optional<std::int64_t>(), std::optional<std::int64_t>(0)}) {
        store::HistoryListing listing(verse, 40, offset);
        std::int64_t expected = 60 - static_cast<std::int64_t>(offset);
        std::size_t listed = 0;
        while (!listing.ended()) {
          for (const store::HistoryEntry& entry : listing.next(connection, bytes)) {
            CHECK(entry.id == expected--);
            CHECK(entry.undone_by == undone_by(undoes, static_cast<std::size_t>(entry.id)));
            ++listed;
          }
        }
        CHECK(listed == std::min<std::size_t>(40, 60 - std::min<std::size_t>(offset, 60)));
      }
    }
  }
}
