// The history of writes to research documents, tags and patterns. All functions run in the caller's
// transaction.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/research_edit.h"
#include "store/sqlite.h"

namespace kalima::store {

// In a change, documents are nested deeper than in the database, and every document of the database must be
// readable in a change.
inline constexpr json::Limits changes_limits{.depth = json::Limits{}.depth + 2};

struct HistoryEntry {
  std::int64_t id;
  std::string at;  // local time
  std::optional<std::int64_t> verse;
  std::string action;
  std::optional<std::int64_t> undoes, undone_by;
  std::string changes;  // a JSON list, see research_edit.h
};

// Keeps what an edit changed, under what was done; `undoes`: the entry that it takes back. Returns the number of the new
// entry, with which the changed lists are marked.
std::int64_t add_history(Connection& connection, ResearchEdit& edit, std::string_view action,
                         std::optional<std::int64_t> undoes = {});
// Lists the history part by part, latest first: of one verse, or of all verses, tags and patterns. What is written later is
// not in it. Costs what is listed, and little more for what is left out. Threads: one at a time.
class HistoryListing {
 public:
  HistoryListing(std::optional<std::int64_t> verse, std::size_t limit, std::size_t offset)
      : verse_(verse), limit_(limit), offset_(offset) {}

  // The next entries: as many as have about `max_bytes` of changes, at least one. The connection may be
  // another one each time.
  std::vector<HistoryEntry> next(const Connection& connection, std::size_t max_bytes);
  bool ended() const { return limit_ == 0; }

 private:
  void skip(const Connection& connection);
  // The entry that took this one back; notes what this one takes back.
  std::optional<std::int64_t> pass(std::int64_t id, std::optional<std::int64_t> undoes);

  std::optional<std::int64_t> verse_;
  std::size_t limit_, offset_;
  std::int64_t before_ = std::numeric_limits<std::int64_t>::max();
  // Entries that are still to come, and by which they are undone: one that no entry undoes.
  std::unordered_map<std::int64_t, std::int64_t> undone_;
};
// All of it at once.
std::vector<HistoryEntry> history(const Connection& connection, std::optional<std::int64_t> verse,
                                  std::size_t limit, std::size_t offset);
// Latest first: those of one verse, or of tags and patterns, whose changes are about what is asked for. Looks at no more than the
// latest `max_looked_at`.
inline constexpr std::size_t max_looked_at = 10'000;
std::vector<HistoryEntry> history_of(const Connection& connection, std::optional<std::int64_t> verse,
                                     std::size_t limit,
                                     const std::function<bool(std::string_view changes)>& about);
// Takes back an entry and returns the number of the new entry for that. Throws Error(not_found) if there is
// no such entry, Error(conflict) if it was undone already or what it changed was changed since.
std::int64_t undo_history(Connection& connection, std::int64_t id);

// Identifies the writes that a copy of the database contains. Numbers alone do not: a database that was
// restored from an older copy assigns the same numbers again.
struct Revision {
  std::int64_t number = 0;  // of the latest entry; 0 if there is none
  std::int64_t mark = 0;    // a hash of that entry

  bool operator==(const Revision&) const = default;
};
Revision latest_revision(const Connection& connection);
// True if the database contains that entry.
bool holds(const Connection& connection, const Revision& revision);

struct ChangesSince {
  std::int64_t latest;
  // Without repetition. In a damaged database, any number.
  std::vector<std::int64_t> verses;
};
ChangesSince changes_since(const Connection& connection, std::int64_t entry);

}  // namespace kalima::store
