#include "store/research_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/facts.h"
#include "store/stored_json.h"
#include "support/error.h"
#include "support/hash.h"

namespace kalima::store {
namespace {

// More than any list gets.
constexpr std::int64_t max_place = std::int64_t{1} << 62;

}  // namespace

std::optional<std::string> document_id(const json::Value& document) {
  const json::Value* id = document.find("id");
  if (id == nullptr || id->as_string() == nullptr) return std::nullopt;
  return *id->as_string();
}

// Each statement has the verse and the kind as its first parameters.
Statement ResearchRows::statement(std::string_view sql) const {
  Statement out(connection_, sql);
  out.bind(0, verse_).bind(1, kind_);
  return out;
}

bool ResearchRows::exists() const {
  return statement("SELECT 1 FROM research_list WHERE verse=? AND kind=?").step();
}

std::size_t ResearchRows::size() const {
  Statement sql = statement("SELECT documents FROM research_list WHERE verse=? AND kind=?");
  if (!sql.step()) return 0;
  // A damaged database has any number.
  return static_cast<std::size_t>(std::max<std::int64_t>(sql.integer(0), 0));
}

std::int64_t ResearchRows::end() const {
  Statement sql =
      statement("SELECT position FROM research WHERE verse=? AND kind=? ORDER BY position DESC LIMIT 1");
  if (!sql.step()) return 0;
  const std::int64_t last = sql.integer(0);
  if (last >= 0 && last < max_place) return last + 1;
  throw Error(ErrorCode::damaged, "the database is damaged: a list of research is not numbered from 0 on",
              "restore a backup");
}

std::optional<json::Value> ResearchRows::at(std::int64_t place) const {
  Statement sql = statement("SELECT document FROM research WHERE verse=? AND kind=? AND position=?");
  if (!sql.bind(2, place).step()) return std::nullopt;
  return stored_json(sql.text(0));
}

json::Array ResearchRows::all() const {
  json::Array documents;
  Statement sql = statement("SELECT document FROM research WHERE verse=? AND kind=? ORDER BY position");
  while (sql.step()) documents.push_back(stored_json(sql.text(0)));
  return documents;
}

std::vector<std::int64_t> ResearchRows::places(const std::optional<std::string>& id) const {
  std::vector<std::int64_t> out;
  Statement sql =
      statement("SELECT position FROM research WHERE verse=? AND kind=? AND id IS ? ORDER BY position");
  sql.bind(2, id);
  while (sql.step()) out.push_back(sql.integer(0));
  return out;
}

std::vector<std::int64_t> ResearchRows::places() const {
  std::vector<std::int64_t> out;
  Statement sql = statement("SELECT position FROM research WHERE verse=? AND kind=? ORDER BY position");
  while (sql.step()) out.push_back(sql.integer(0));
  return out;
}

bool ResearchRows::make() {
  Statement sql(connection_,
                "INSERT OR IGNORE INTO research_list (verse, kind, place) "
                "VALUES (?1, ?2, (SELECT coalesce(max(place), -1) + 1 FROM research_list WHERE verse=?1))");
  sql.bind(0, verse_).bind(1, kind_).run();
  return connection_.changes() > 0;
}

void ResearchRows::remove() {
  statement("DELETE FROM research WHERE verse=? AND kind=?").run();
  statement("DELETE FROM research_list WHERE verse=? AND kind=?").run();
}

void ResearchRows::clear() {
  statement("DELETE FROM research WHERE verse=? AND kind=?").run();
  statement("UPDATE research_list SET documents=0 WHERE verse=? AND kind=?").run();
}

void ResearchRows::make_room(std::int64_t place) {
  Statement taken = statement("SELECT 1 FROM research WHERE verse=? AND kind=? AND position=?");
  if (!taken.bind(2, place).step()) return;
  taken.reset();
  // By way of numbers that no document has: each row is checked on its own.
  statement("UPDATE research SET position=-2-position WHERE verse=? AND kind=? AND position>=?")
      .bind(2, place)
      .run();
  statement("UPDATE research SET position=-1-position WHERE verse=? AND kind=? AND position<0").run();
}

void ResearchRows::put(std::int64_t place, const json::Value& document) {
  const std::string text = json::ordered(document);
  const std::optional<std::string> id = document_id(document);
  statement("INSERT INTO research (verse, kind, position, document, id) VALUES (?,?,?,?,?)")
      .bind(2, place)
      .bind(3, text)
      .bind(4, id)
      .run();
  add_to_size(1);
}

void ResearchRows::replace(std::int64_t place, const json::Value& document) {
  const std::string text = json::ordered(document);
  const std::optional<std::string> id = document_id(document);
  statement("UPDATE research SET document=?4, id=?5 WHERE verse=?1 AND kind=?2 AND position=?3")
      .bind(2, place)
      .bind(3, text)
      .bind(4, id)
      .run();
}

void ResearchRows::erase(std::int64_t place) {
  statement("DELETE FROM research WHERE verse=? AND kind=? AND position=?").bind(2, place).run();
  add_to_size(-connection_.changes());
}

void ResearchRows::add_to_size(std::int64_t documents) {
  statement("UPDATE research_list SET documents=documents+?3 WHERE verse=?1 AND kind=?2")
      .bind(2, documents)
      .run();
}

void ResearchRows::mark(std::int64_t entry) {
  statement("UPDATE research_list SET revision=?3 WHERE verse=?1 AND kind=?2").bind(2, entry).run();
}

std::string research_tag(const Connection& connection, std::int64_t verse,
                         std::span<const corpus::ResearchKind> kinds) {
  std::string state = fact(connection, "corpus.id").value_or("");
  state += fmt::format(" {}", verse);
  // The time tells the entries of two copies of a database apart, which may have the same numbers.
  Statement sql(connection,
                "SELECT revision, (SELECT at FROM history WHERE id=revision) FROM research_list "
                "WHERE verse=? AND kind=?");
  for (const corpus::ResearchKind kind : kinds) {
    const std::string_view key = corpus::verse_key(kind);
    (state += ' ') += key;
    if (!sql.bind(0, verse).bind(1, key).step()) continue;
    state += fmt::format(" {} {}", sql.integer(0), sql.text(1));
    sql.reset();
  }
  return fmt::format("{:016x}", hash_of(state));
}

}  // namespace kalima::store
