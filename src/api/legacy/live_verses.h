// The current verses: from the snapshot, or rendered again if a verse's research documents were changed since
// the snapshot was made. Threads: any, one at a time for follow(); readers wait only for the time of a look-up.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "api/legacy/derived/snapshot.h"
#include "store/sqlite.h"

namespace kalima::api::legacy {

struct VerseText {
  std::string_view json;
  // Keeps `json` valid; empty if it points into the snapshot.
  std::shared_ptr<const std::string> owner;
};

class LiveVerses {
 public:
  explicit LiveVerses(const Snapshot& snapshot) : snapshot_(snapshot), changed_(snapshot.verse_count()) {}

  const Snapshot& snapshot() const { return snapshot_; }
  // Throws Error(damaged) if what was written about it cannot be read.
  VerseText verse(std::size_t number) const;
  // True if no verse of [from, to) was changed, so that their JSON in the snapshot may be used.
  bool unchanged(std::size_t from, std::size_t to) const;

  // Renders a verse as the database has it now; returns what it was before, nothing for a number that no verse has.
  VerseText follow(const store::Connection& database, std::int64_t verse);

 private:
  // The last text that could be rendered.
  VerseText latest(std::size_t number) const;
  // nullptr if it cannot be read.
  void replace(std::size_t number, std::shared_ptr<const std::string> text);

  const Snapshot& snapshot_;
  std::vector<std::atomic<bool>> changed_;
  mutable std::shared_mutex mutex_;
  std::unordered_map<std::size_t, std::shared_ptr<const std::string>> texts_;  // see replace()
};

}  // namespace kalima::api::legacy
