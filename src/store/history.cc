#include "store/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "store/research_edit.h"
#include "store/stored_json.h"
#include "support/clock.h"
#include "support/error.h"
#include "support/hash.h"

namespace kalima::store {
namespace {

HistoryEntry entry_from_row(const Statement& row) {
  HistoryEntry entry;
  entry.id = row.integer(0);
  entry.at = row.text(1);
  if (!row.is_null(2)) entry.verse = row.integer(2);
  entry.action = row.text(3);
  if (!row.is_null(4)) entry.undoes = row.integer(4);
  entry.changes = row.text(5);
  return entry;
}

constexpr const char* select_entries = "SELECT id, at, verse, action, undoes, changes FROM history ";

// The entries that undo this one, those that undo them, and so on: number -> what it undoes.
std::map<std::int64_t, std::int64_t> undo_chain(const Connection& connection, std::int64_t id) {
  std::map<std::int64_t, std::int64_t> chain;
  Statement sql(connection, "SELECT id FROM history WHERE undoes = ?");
  for (std::vector<std::int64_t> open{id}; !open.empty();) {
    const std::int64_t undone = open.back();
    open.pop_back();
    sql.bind(0, undone);
    while (sql.step()) {
      if (chain.emplace(sql.integer(0), undone).second) open.push_back(sql.integer(0));
    }
  }
  return chain;
}

// The entry whose undoing of `id` is in effect: one that no entry in effect undoes.
std::optional<std::int64_t> undone_by(const Connection& connection, std::int64_t id) {
  const auto chain = undo_chain(connection, id);
  std::map<std::int64_t, std::int64_t> undoer;  // undone entry -> the undoing entry in effect
  // An entry is always undone by a later one.
  for (auto entry = chain.rbegin(); entry != chain.rend(); ++entry) {
    if (!undoer.contains(entry->first)) undoer.emplace(entry->second, entry->first);
  }
  const auto found = undoer.find(id);
  if (found == undoer.end()) return std::nullopt;
  return found->second;
}

Revision revision_from_row(const Statement& row) {
  std::string text(row.text(1));
  for (const int column : {2, 3}) (text += '\0') += row.text(column);
  return {row.integer(0), static_cast<std::int64_t>(hash_of(text))};
}

}  // namespace

std::int64_t add_history(Connection& connection, ResearchEdit& edit, std::string_view action,
                         std::optional<std::int64_t> undoes) {
  Statement sql(connection, "INSERT INTO history (at, verse, action, undoes, changes) VALUES (?,?,?,?,?)");
  const std::string at = local_iso_time(std::chrono::system_clock::now());
  const std::string changes = json::ordered(json::Value(json::Array(edit.changes())));
  sql.bind(0, at).bind(2, action).bind(4, changes);
  edit.verse() ? sql.bind(1, *edit.verse()) : sql.bind_null(1);
  undoes ? sql.bind(3, *undoes) : sql.bind_null(3);
  sql.run();
  const std::int64_t entry = connection.last_insert_id();
  edit.mark(entry);
  return entry;
}

std::optional<std::int64_t> HistoryListing::pass(std::int64_t id, std::optional<std::int64_t> undoes) {
  std::optional<std::int64_t> by;
  if (const auto found = undone_.find(id); found != undone_.end()) {
    by = found->second;
    undone_.erase(found);
  }
  // An entry is always undone by a later one; the latest that is in effect counts.
  if (!by && undoes && *undoes < id) undone_.emplace(*undoes, id);
  return by;
}

void HistoryListing::skip(const Connection& connection) {
  if (offset_ == 0) return;
  Statement sql(connection, verse_
                                ? "SELECT id, undoes FROM history WHERE verse=?2 AND id<?1 ORDER BY id DESC"
                                : "SELECT id, undoes FROM history WHERE id<?1 ORDER BY id DESC");
  sql.bind(0, before_);
  if (verse_) sql.bind(1, *verse_);
  for (; offset_ > 0 && sql.step(); --offset_) {
    before_ = sql.integer(0);
    pass(before_, sql.is_null(1) ? std::nullopt : std::optional(sql.integer(1)));
  }
  if (offset_ > 0) limit_ = offset_ = 0;
}

std::vector<HistoryEntry> HistoryListing::next(const Connection& connection, std::size_t max_bytes) {
  skip(connection);
  std::vector<HistoryEntry> entries;
  Statement sql(connection, fmt::format("{}{} id<?1 ORDER BY id DESC", select_entries,
                                        verse_ ? "WHERE verse=?2 AND" : "WHERE"));
  sql.bind(0, before_);
  if (verse_) sql.bind(1, *verse_);
  for (std::size_t bytes = 0; limit_ > 0 && bytes < max_bytes;) {
    if (!sql.step()) {
      limit_ = 0;
      break;
    }
    HistoryEntry entry = entry_from_row(sql);
    before_ = entry.id;
    entry.undone_by = pass(entry.id, entry.undoes);
    bytes += entry.changes.size() + entry.action.size();
    --limit_;
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<HistoryEntry> history(const Connection& connection, std::optional<std::int64_t> verse,
                                  std::size_t limit, std::size_t offset) {
  return HistoryListing(verse, limit, offset).next(connection, std::string::npos);
}

std::vector<HistoryEntry> history_of(const Connection& connection, std::optional<std::int64_t> verse,
                                     std::size_t limit, const std::function<bool(std::string_view)>& about) {
  Statement sql(connection, fmt::format("{}{} ORDER BY id DESC LIMIT {}", select_entries,
                                        verse ? "WHERE verse = ?" : "WHERE verse IS NULL", max_looked_at));
  if (verse) sql.bind(0, *verse);
  std::vector<HistoryEntry> entries;
  while (entries.size() < limit && sql.step()) {
    if (!about(sql.text(5))) continue;
    entries.push_back(entry_from_row(sql));
    entries.back().undone_by = undone_by(connection, entries.back().id);
  }
  return entries;
}

std::int64_t undo_history(Connection& connection, std::int64_t id) {
  Statement sql(connection, fmt::format("{}WHERE id = ?", select_entries));
  if (!sql.bind(0, id).step()) {
    throw Error(ErrorCode::not_found, fmt::format("entry {} of the history not found", id),
                "its number is said by what makes a change, and by the history of a verse");
  }
  const HistoryEntry entry = entry_from_row(sql);
  sql.reset();
  if (const auto by = undone_by(connection, id)) {
    throw Error(ErrorCode::conflict, fmt::format("entry {} was undone already, by entry {}", id, *by));
  }
  ResearchEdit edit(connection, entry.verse);
  const json::Value changes = stored_json(entry.changes, changes_limits);
  if (changes.as_array() == nullptr) {
    throw Error(ErrorCode::bad_input, fmt::format("entry {} of the history is not a list of changes", id));
  }
  edit.undo(*changes.as_array());
  return add_history(connection, edit, fmt::format("undo {}", id), id);
}

Revision latest_revision(const Connection& connection) {
  Statement sql(connection, "SELECT id, at, action, changes FROM history ORDER BY id DESC LIMIT 1");
  return sql.step() ? revision_from_row(sql) : Revision{};
}

bool holds(const Connection& connection, const Revision& revision) {
  if (revision == Revision{}) return true;
  Statement sql(connection, "SELECT id, at, action, changes FROM history WHERE id = ?");
  return sql.bind(0, revision.number).step() && revision_from_row(sql) == revision;
}

ChangesSince changes_since(const Connection& connection, std::int64_t entry) {
  ChangesSince since{entry, {}};
  Statement latest(connection, "SELECT max(id) FROM history");
  if (latest.step() && !latest.is_null(0)) since.latest = latest.integer(0);
  latest.reset();
  if (since.latest <= entry) {
    since.latest = entry;
    return since;
  }
  Statement sql(connection, "SELECT DISTINCT verse FROM history WHERE id > ? AND verse IS NOT NULL");
  sql.bind(0, entry);
  while (sql.step()) since.verses.push_back(sql.integer(0));
  return since;
}

}  // namespace kalima::store
