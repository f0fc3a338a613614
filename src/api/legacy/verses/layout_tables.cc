#include "api/legacy/verses/layout_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>

#include "api/legacy/verses/verse_json.h"
#include "store/rows_by_verse.h"
#include "store/stored_json.h"
#include "support/error.h"

namespace kalima::api::legacy {
namespace {

std::size_t position(const store::Statement& row, int column) {
  return static_cast<std::size_t>(row.integer(column));
}

[[noreturn]] void unreadable(std::int64_t verse, std::string_view what) {
  throw Error(ErrorCode::damaged,
              fmt::format("the database is damaged: the layout of verse {} has {}", verse, what),
              "restore a backup");
}

// Column 0 is the verse's number; `column` and the next one are keys and odd values.
Layout layout_from(const store::Statement& row, int column) {
  const std::int64_t verse = row.integer(0);
  Layout layout;
  const json::Value keys = store::stored_json(row.text(column));
  if (keys.as_array() == nullptr) unreadable(verse, "no list of keys");
  std::set<std::string_view> seen;
  for (const json::Value& key : *keys.as_array()) {
    if (key.as_string() == nullptr) unreadable(verse, "a key that is not a string");
    if (!seen.insert(*key.as_string()).second) unreadable(verse, "a key twice");
    layout.keys.push_back(*key.as_string());
  }
  if (row.is_null(column + 1)) return layout;
  json::Value odd = store::stored_json(row.text(column + 1));
  if (odd.as_object() == nullptr) unreadable(verse, "values without keys");
  layout.odd = std::move(*odd.as_object());
  return layout;
}

bool same_words(const corpus::Verse& a, const corpus::Verse& b) {
  return std::ranges::equal(a.words, b.words, [](const corpus::Word& x, const corpus::Word& y) {
    return x.id == y.id && x.form == y.form &&
           std::ranges::equal(x.segments, y.segments, [](const corpus::Segment& s, const corpus::Segment& t) {
             return s.id == t.id && s.form == t.form && s.type == t.type && s.pos == t.pos &&
                    s.root == t.root && s.lemma == t.lemma && s.features == t.features;
           });
  });
}

// The verse as it is written must still be that verse, for whoever reads it.
void require_layout_of(std::int64_t number, const corpus::Verse& verse, const VerseLayout& layout) {
  if (layout.empty()) return;
  std::optional<corpus::Verse> read;
  try {
    read = verse_from_json(to_json(verse, layout)).verse;
  } catch (const Error& e) {  // for whoever asks, this is not about what they sent
    throw Error(ErrorCode::damaged,
                fmt::format("the database is damaged: the layout of verse {}: {}", number, e.what()),
                "restore a backup");
  }
  if (read->surah != verse.surah || read->ayah != verse.ayah || read->surah_name != verse.surah_name ||
      read->text != verse.text || !same_words(*read, verse))
    unreadable(number, "another verse");
}

void insert(store::Statement& sql, int column, const Layout& layout) {
  json::Array keys;
  for (const std::string& key : layout.keys) keys.emplace_back(key);
  const std::string keys_text = json::ordered(json::Value(std::move(keys))),
                    odd_text = json::ordered(json::Value(layout.odd));
  sql.bind(column, keys_text);
  layout.odd.empty() ? sql.bind_null(column + 1) : sql.bind(column + 1, odd_text);
  sql.run();
}

}  // namespace

LayoutWriter::LayoutWriter(store::CorpusWriter& writer)
    : verse_(writer.connection(), "INSERT INTO legacy_verse (verse, keys, odd) VALUES (?,?,?)"),
      word_(writer.connection(), "INSERT INTO legacy_word (verse, position, keys, odd) VALUES (?,?,?,?)"),
      segment_(writer.connection(),
               "INSERT INTO legacy_segment (verse, word, position, keys, odd) VALUES (?,?,?,?,?)") {}

void LayoutWriter::add(std::int64_t verse, const VerseLayout& layout) {
  if (layout.verse) insert(verse_.bind(0, verse), 1, *layout.verse);
  for (const auto& [word, of_word] : layout.words)
    insert(word_.bind(0, verse).bind(1, static_cast<std::int64_t>(word)), 2, of_word);
  for (const auto& [place, of_segment] : layout.segments) {
    segment_.bind(0, verse).bind(1, static_cast<std::int64_t>(place.first));
    insert(segment_.bind(2, static_cast<std::int64_t>(place.second)), 3, of_segment);
  }
}

void each_verse(const store::CorpusReader& database,
                const std::function<void(const corpus::Verse&, const VerseLayout&)>& visit) {
  const std::int64_t end = database.verse_count();
  const auto rows = [&](std::string_view sql) {
    return store::RowsByVerse(database.connection(), sql, 0, end);
  };
  auto verses =
      rows("SELECT verse, keys, odd FROM legacy_verse WHERE verse >= ? AND verse < ? ORDER BY verse");
  auto words = rows(
      "SELECT verse, position, keys, odd FROM legacy_word WHERE verse >= ? AND verse < ? "
      "ORDER BY verse, position");
  auto segments = rows(
      "SELECT verse, word, position, keys, odd FROM legacy_segment WHERE verse >= ? AND verse < ? "
      "ORDER BY verse, word, position");
  std::int64_t number = 0;
  database.each_verse([&](const corpus::Verse& verse) {
    VerseLayout layout;
    verses.rows_of(number, [&](const store::Statement& row) { layout.verse = layout_from(row, 1); });
    words.rows_of(number, [&](const store::Statement& row) {
      layout.words.emplace(position(row, 1), layout_from(row, 2));
    });
    segments.rows_of(number, [&](const store::Statement& row) {
      layout.segments.emplace(std::pair(position(row, 1), position(row, 2)), layout_from(row, 3));
    });
    require_layout_of(number, verse, layout);
    visit(verse, layout);
    ++number;
  });
}

json::Object odd_research(const store::Connection& connection, std::int64_t verse) {
  store::Statement sql(connection, "SELECT verse, keys, odd FROM legacy_verse WHERE verse=?");
  if (!sql.bind(0, verse).step()) return {};
  Layout layout = layout_from(sql, 1);
  std::erase_if(layout.odd, [](const json::Member& member) {
    for (const corpus::ResearchKind kind : corpus::all_research_kinds) {
      if (member.first == corpus::verse_key(kind)) return false;
    }
    return true;
  });
  return std::move(layout.odd);
}

}  // namespace kalima::api::legacy
