// The history of writes to research documents, tags and patterns. All functions run in the caller's
// transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/sqlite.h"
#include "support/json.h"

namespace kalima::store {

struct NewHistoryEntry {
  std::optional<std::int64_t> verse;
  std::string action;
  std::optional<std::int64_t> undoes;
  json::Array changes;  // see research_edit.h
};

struct HistoryEntry {
  std::int64_t id;
  std::string at;  // local time
  std::optional<std::int64_t> verse;
  std::string action;
  std::optional<std::int64_t> undoes, undone_by;
  std::string changes;  // a JSON list, see research_edit.h
};

// Returns the entry's number.
std::int64_t add_history(Connection& connection, const NewHistoryEntry& entry);
// Latest first; of one verse, or of all verses, tags and patterns.
std::vector<HistoryEntry> history(const Connection& connection, std::optional<std::int64_t> verse,
                                  std::size_t limit, std::size_t offset);
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
