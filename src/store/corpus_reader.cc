#include "store/corpus_reader.h"

#include <fmt/format.h>

#include "store/cells.h"
#include "store/facts.h"
#include "store/registry.h"
#include "store/rows_by_verse.h"
#include "store/schema.h"
#include "store/stored_json.h"
#include "support/error.h"
#include "support/utf8.h"

namespace kalima::store {
namespace {

corpus::ResearchKind research_kind(std::string_view key) {
  for (const corpus::ResearchKind kind : corpus::all_research_kinds) {
    if (corpus::verse_key(kind) == key) return kind;
  }
  throw Error(ErrorCode::damaged,
              fmt::format("the database holds research of an unknown kind \"{}\"", utf8::repaired(key)));
}

void add_document(std::vector<corpus::Research>& research, std::string_view kind, std::string_view document) {
  const corpus::ResearchKind wanted = research_kind(kind);
  for (corpus::Research& list : research) {
    if (list.kind == wanted) list.documents.push_back(stored_json(document));
  }
}

[[noreturn]] void not_numbered(std::int64_t verse) {
  throw Error(ErrorCode::damaged,
              fmt::format("the database is damaged: its verses are not numbered from 0 on, at {}", verse),
              "restore a backup");
}

corpus::Segment segment_from_row(const Statement& row) {
  corpus::Segment segment;
  segment.id = row.text(2);
  segment.form = row.optional_text(3);
  segment.type = row.optional_text(4);
  segment.pos = row.optional_text(5);
  segment.root = row.optional_text(6);
  segment.lemma = row.optional_text(7);
  segment.features = row.optional_text(8);
  return segment;
}

}  // namespace

CorpusReader::CorpusReader(const std::filesystem::path& path) : connection_(path, OpenMode::read_only) {
  require_current(connection_);
  connection_.execute("PRAGMA query_only=ON");
}

std::optional<std::string> CorpusReader::meta(std::string_view key) const { return fact(connection_, key); }

std::string CorpusReader::identity() const { return meta("corpus.id").value_or(""); }

std::int64_t CorpusReader::verse_count() const {
  Statement sql(connection_, "SELECT count(*) FROM verse");
  sql.step();
  return sql.integer(0);
}

Revision CorpusReader::revision() const { return latest_revision(connection_); }

bool CorpusReader::holds(const Revision& revision) const { return store::holds(connection_, revision); }

std::vector<std::int64_t> CorpusReader::verses_changed_since(std::int64_t revision) const {
  return changes_since(connection_, revision).verses;
}

bool CorpusReader::registry_changed_since(std::int64_t revision) const {
  Statement sql(connection_, "SELECT 1 FROM history WHERE id > ? AND verse IS NULL LIMIT 1");
  return sql.bind(0, revision).step();
}

corpus::Verse CorpusReader::verse(std::int64_t id) const { return load_verse(connection_, id); }

void CorpusReader::each_verse(const std::function<void(const corpus::Verse&)>& visit) const {
  visit_verses(connection_, 0, verse_count(), visit);
}

corpus::Verse load_verse(const Connection& connection, std::int64_t id) {
  corpus::Verse verse;
  visit_verses(connection, id, id + 1, [&](const corpus::Verse& v) { verse = v; });
  return verse;
}

std::vector<corpus::ResearchKind> CorpusReader::research_lists(std::int64_t verse) const {
  std::vector<corpus::ResearchKind> kinds;
  Statement lists(connection_, "SELECT kind FROM research_list WHERE verse=? ORDER BY place");
  lists.bind(0, verse);
  while (lists.step()) kinds.push_back(research_kind(lists.text(0)));
  return kinds;
}

std::int64_t CorpusReader::latest_entry(std::int64_t verse) const {
  Statement sql(connection_, "SELECT max(id) FROM history WHERE verse=?");
  sql.bind(0, verse).step();
  return sql.integer(0);
}

void CorpusReader::each_document(
    std::int64_t verse, const std::function<void(corpus::ResearchKind, std::string_view)>& visit) const {
  Statement documents(connection_,
                      "SELECT kind, document FROM research WHERE verse=? ORDER BY kind, position");
  documents.bind(0, verse);
  while (documents.step()) visit(research_kind(documents.text(0)), documents.text(1));
}

void CorpusReader::each_document(
    const std::function<void(std::int64_t, corpus::ResearchKind, std::string_view)>& visit) const {
  Statement documents(connection_,
                      "SELECT verse, kind, document FROM research ORDER BY verse, kind, position");
  while (documents.step()) visit(documents.integer(0), research_kind(documents.text(1)), documents.text(2));
}

void visit_verses(const Connection& connection, std::int64_t from, std::int64_t to,
                  const std::function<void(const corpus::Verse&)>& visit) {
  Statement verses(
      connection, "SELECT id, surah, ayah, surah_name, text FROM verse WHERE id >= ? AND id < ? ORDER BY id");
  verses.bind(0, from).bind(1, to);
  const auto following = [&](std::string_view sql) { return RowsByVerse(connection, sql, from, to); };
  RowsByVerse words = following(
      "SELECT verse, id, form FROM word WHERE verse >= ? AND verse < ? "
      "ORDER BY verse, position");
  RowsByVerse segments = following(
      "SELECT verse, word, id, form, type, pos, root, lemma, features FROM segment "
      "WHERE verse >= ? AND verse < ? ORDER BY verse, word, position");
  RowsByVerse lists = following(
      "SELECT verse, kind FROM research_list WHERE verse >= ? AND verse < ? "
      "ORDER BY verse, place");
  RowsByVerse documents = following(
      "SELECT verse, kind, document FROM research WHERE verse >= ? AND verse < ? "
      "ORDER BY verse, kind, position");
  std::int64_t expected = from;
  while (verses.step()) {
    const std::int64_t id = verses.integer(0);
    if (id != expected++) not_numbered(id);
    corpus::Verse verse;
    verse.surah = verses.integer(1);
    verse.ayah = verses.integer(2);
    verse.surah_name = verses.text(3);
    verse.text = verses.text(4);
    words.rows_of(id, [&](const Statement& row) {
      corpus::Word& word = verse.words.emplace_back();
      word.id = row.integer(1);
      word.form = row.optional_text(2);
    });
    segments.rows_of(id, [&](const Statement& row) {
      const auto word = static_cast<std::size_t>(row.integer(1));
      if (word >= verse.words.size()) {
        throw Error(
            ErrorCode::damaged,
            fmt::format("the database is damaged: verse {}:{} has a segment of a word that is missing",
                        verse.surah, verse.ayah),
            "restore a backup");
      }
      verse.words[word].segments.push_back(segment_from_row(row));
    });
    lists.rows_of(id, [&](const Statement& row) {
      verse.research.push_back({research_kind(row.text(1)), {}});
    });
    documents.rows_of(id,
                      [&](const Statement& row) { add_document(verse.research, row.text(1), row.text(2)); });
    visit(verse);
  }
  if (expected != to) not_numbered(expected);
}

std::vector<std::string> CorpusReader::columns(Table table) const {
  const auto text = meta(table == Table::treebank ? "treebank.columns" : "masaq.columns");
  return text ? cells_from_text(*text) : std::vector<std::string>{};
}

void CorpusReader::each_row(Table table, const std::function<void(const corpus::TableRow&)>& visit) const {
  Statement sql(connection_, table == Table::treebank ? "SELECT verse, cells FROM treebank_row ORDER BY id"
                                                      : "SELECT verse, cells FROM masaq_row ORDER BY id");
  corpus::TableRow row;
  while (sql.step()) {
    row.verse = sql.is_null(0) ? std::nullopt : std::optional(sql.integer(0));
    cells_from_text(sql.text(1), row.cells);
    visit(row);
  }
}

std::optional<json::Value> load_registry_entry(const Connection& connection, std::string_view section,
                                               std::string_view name) {
  Statement sql(connection, "SELECT document FROM registry WHERE section=? AND name=?");
  if (!sql.bind(0, section).bind(1, name).step()) return std::nullopt;
  return stored_json(sql.text(0));
}

json::Value load_registry_section(const Connection& connection, std::string_view section,
                                  const OnDamaged& damaged) {
  json::Object object;
  Statement sql(connection, "SELECT name, document FROM registry WHERE section=? ORDER BY position");
  sql.bind(0, section);
  while (sql.step()) {
    auto document = damaged ? readable_json(sql.text(1)) : std::optional(stored_json(sql.text(1)));
    if (document) {
      object.emplace_back(std::string(sql.text(0)), *std::move(document));
    } else {
      damaged(sql.text(0));
    }
  }
  return object;
}

std::optional<json::Value> CorpusReader::registry_entry(std::string_view section,
                                                        std::string_view name) const {
  return load_registry_entry(connection_, section, name);
}

json::Value CorpusReader::registry_section(std::string_view section, const OnDamaged& damaged) const {
  return load_registry_section(connection_, section, damaged);
}

json::Value CorpusReader::registry_object(const OnDamaged& damaged) const {
  json::Value object = registry_section("", damaged);
  for (auto& [key, value] : *object.as_object()) {
    // A section's members have their own rows; `true` marks its position.
    const bool* marker = value.as_bool();
    if (is_file_section(key) && marker != nullptr && *marker) value = registry_section(key, damaged);
  }
  return object;
}

void CorpusReader::each_registry_entry(
    std::string_view section,
    const std::function<void(std::string_view name, std::string_view json)>& visit) const {
  Statement sql(connection_, "SELECT name, document FROM registry WHERE section=? ORDER BY position");
  sql.bind(0, section);
  while (sql.step()) visit(sql.text(0), sql.text(1));
}

std::int64_t CorpusReader::registry_count(std::string_view section) const {
  Statement sql(connection_, "SELECT count(*) FROM registry WHERE section=?");
  sql.bind(0, section).step();
  return sql.integer(0);
}

std::vector<HistoryEntry> CorpusReader::history_of(std::optional<std::int64_t> verse, std::size_t limit,
                                                   const std::function<bool(std::string_view)>& about) const {
  return store::history_of(connection_, verse, limit, about);
}

std::int64_t CorpusReader::research_count(corpus::ResearchKind kind) const {
  Statement sql(connection_, "SELECT count(*) FROM research WHERE kind=?");
  sql.bind(0, corpus::verse_key(kind)).step();
  return sql.integer(0);
}

}  // namespace kalima::store
