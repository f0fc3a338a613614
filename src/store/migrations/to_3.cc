// The older server's form of a verse leaves the tables of the corpus: its columns `layout` become the tables `legacy_*`.
//
// A layout was the JSON object that was read, with `true` in place of what other tables have: a word's segments, a
// verse's words and its lists of research. That `true` could also be a value of the object. Now the keys are a list, and
// only the values that no other table has are kept.
//
// Where a list was written in place of a value of another type, the layout lost that value; the history has it.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/migrations/migrations.h"
#include "support/error.h"
#include "support/json.h"

namespace kalima::store::migrations {
namespace {

constexpr std::array<std::string_view, 5> lists = {"annotations", "connections", "pronoun_references",
                                                   "structure_hypotheses", "translations"};

bool is_list(std::string_view key) { return std::ranges::find(lists, key) != lists.end(); }

// A change nests documents two levels deeper than the database does.
constexpr json::Limits changes_limits{.depth = json::Limits{}.depth + 2};

json::Value read_layout(std::string_view text, const std::string& whose) {
  return in_context([&] { return ErrorContext{.message = "the layout of " + whose}; },
                    [&] {
                      json::Value layout = json::parse(text);
                      if (layout.as_object() == nullptr)
                        throw Error(ErrorCode::bad_input, "not a JSON object");
                      return layout;
                    });
}

// The rows (verse, kind) of lists that verses have.
std::map<std::int64_t, std::vector<std::string>> lists_of_verses(const Connection& connection) {
  std::map<std::int64_t, std::vector<std::string>> out;
  Statement sql(connection, "SELECT verse, kind FROM research_list");
  while (sql.step()) out[sql.integer(0)].emplace_back(sql.text(1));
  return out;
}

// What the latest change that put a list of this kind in place of another value says that the value was.
std::optional<json::Value> replaced_value(const Connection& connection, std::int64_t verse,
                                          std::string_view kind) {
  Statement sql(connection, "SELECT changes FROM history WHERE verse=? ORDER BY id DESC");
  sql.bind(0, verse);
  while (sql.step()) {
    json::Value changes;
    try {
      changes = json::parse(sql.text(0), changes_limits);
    } catch (const Error&) {  // not written by Kalima; no undo reads it either
      continue;
    }
    if (changes.as_array() == nullptr) continue;
    for (const json::Value& change : *changes.as_array()) {
      const json::Value *its_kind = change.find("kind"), *replaced = change.find("replaced");
      if (its_kind != nullptr && replaced != nullptr && its_kind->as_string() != nullptr &&
          *its_kind->as_string() == kind)
        return *replaced;
    }
  }
  return std::nullopt;
}

// A row of the new tables: the keys of the object, and its values that no other table has.
class Row {
 public:
  // `typed`: the object as it would be without a layout.
  void add(std::string_view key, const json::Value& value, const json::Value& typed) {
    keys_.emplace_back(key);
    const json::Value* known = typed.find(key);
    if (known == nullptr || *known != value) odd_.emplace_back(key, value);
  }
  // A key whose value is in another table.
  void add(std::string_view key) { keys_.emplace_back(key); }
  void add_odd(std::string_view key, json::Value value) {
    keys_.emplace_back(key);
    odd_.emplace_back(key, std::move(value));
  }

  void insert(Statement& sql, int first) const {
    const std::string keys = json::ordered(json::Value(keys_)), odd = json::ordered(json::Value(odd_));
    sql.bind(first, keys);
    odd_.empty() ? sql.bind_null(first + 1) : sql.bind(first + 1, odd);
    sql.run();
  }

 private:
  json::Array keys_;
  json::Object odd_;
};

void move_verses(Connection& connection) {
  const auto lists_there = lists_of_verses(connection);
  Statement insert(connection, "INSERT INTO legacy_verse (verse, keys, odd) VALUES (?,?,?)");
  Statement sql(connection,
                "SELECT id, surah, ayah, surah_name, text, layout FROM verse WHERE layout IS NOT NULL");
  while (sql.step()) {
    const std::int64_t verse = sql.integer(0);
    const json::Value layout =
        read_layout(sql.text(5), fmt::format("verse {}:{}", sql.integer(1), sql.integer(2)));
    const json::Value typed = json::Object{
        {"surah", json::Object{{"number", sql.integer(1)}, {"name", sql.text(3)}}},
        {"ayah", sql.integer(2)},
        {"text", sql.text(4)},
    };
    const auto has_list = [&](std::string_view kind) {
      const auto found = lists_there.find(verse);
      return found != lists_there.end() && std::ranges::find(found->second, kind) != found->second.end();
    };
    Row row;
    for (const auto& [key, value] : *layout.as_object()) {
      if (key == "tokens") {
        row.add(key);
      } else if (is_list(key) && has_list(key)) {
        auto odd = replaced_value(connection, verse, key);
        odd ? row.add_odd(key, std::move(*odd)) : row.add(key);
      } else {
        row.add(key, value, typed);
      }
    }
    insert.bind(0, verse);
    row.insert(insert, 1);
  }
}

void move_words(Connection& connection) {
  Statement insert(connection, "INSERT INTO legacy_word (verse, position, keys, odd) VALUES (?,?,?,?)");
  Statement sql(connection, "SELECT verse, position, id, form, layout FROM word WHERE layout IS NOT NULL");
  while (sql.step()) {
    const json::Value layout =
        read_layout(sql.text(4), fmt::format("word {} of verse {}", sql.integer(1), sql.integer(0)));
    const json::Value typed = json::Object{{"id", sql.integer(2)}, {"form", sql.optional_text(3)}};
    Row row;
    for (const auto& [key, value] : *layout.as_object()) {
      key == "segments" ? row.add(key) : row.add(key, value, typed);
    }
    insert.bind(0, sql.integer(0)).bind(1, sql.integer(1));
    row.insert(insert, 2);
  }
}

void move_segments(Connection& connection) {
  Statement insert(connection,
                   "INSERT INTO legacy_segment (verse, word, position, keys, odd) VALUES (?,?,?,?,?)");
  Statement sql(connection,
                "SELECT verse, word, position, layout, id, form, type, pos, root, lemma, features "
                "FROM segment WHERE layout IS NOT NULL");
  while (sql.step()) {
    const json::Value layout = read_layout(
        sql.text(3),
        fmt::format("segment {} of word {} of verse {}", sql.integer(2), sql.integer(1), sql.integer(0)));
    json::Object typed;
    constexpr const char* keys[] = {"id", "form", "type", "pos", "root", "lemma", "features"};
    for (int i = 0; i < 7; ++i) typed.emplace_back(keys[i], sql.optional_text(4 + i));
    const json::Value known(std::move(typed));
    Row row;
    for (const auto& [key, value] : *layout.as_object()) row.add(key, value, known);
    insert.bind(0, sql.integer(0)).bind(1, sql.integer(1)).bind(2, sql.integer(2));
    row.insert(insert, 3);
  }
}

}  // namespace

void to_3(Connection& connection) {
  connection.execute(R"sql(
-- How the older server's corpus file wrote an object, where that is not how its values would be written: its keys in
-- their order, and the values that are not those of the corpus' own tables (NULL: none).
CREATE TABLE legacy_verse (
  verse INTEGER PRIMARY KEY REFERENCES verse (id),
  keys TEXT NOT NULL,       -- JSON: a list of strings
  odd TEXT                  -- JSON: an object
);
CREATE TABLE legacy_word (
  verse INTEGER NOT NULL,
  position INTEGER NOT NULL,
  keys TEXT NOT NULL,
  odd TEXT,
  PRIMARY KEY (verse, position),
  FOREIGN KEY (verse, position) REFERENCES word (verse, position)
) WITHOUT ROWID;
CREATE TABLE legacy_segment (
  verse INTEGER NOT NULL,
  word INTEGER NOT NULL,    -- position of its word
  position INTEGER NOT NULL,
  keys TEXT NOT NULL,
  odd TEXT,
  PRIMARY KEY (verse, word, position),
  FOREIGN KEY (verse, word, position) REFERENCES segment (verse, word, position)
) WITHOUT ROWID;
)sql");
  move_verses(connection);
  move_words(connection);
  move_segments(connection);
  connection.execute(R"sql(
ALTER TABLE verse DROP COLUMN layout;
ALTER TABLE word DROP COLUMN layout;
ALTER TABLE segment DROP COLUMN layout;
)sql");
}

}  // namespace kalima::store::migrations
