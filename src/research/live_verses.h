// The verses as they read now: from the snapshot, or, for a verse whose research documents were changed since the
// snapshot was made, rendered anew. Any thread; readers wait for nobody but for the time of a look-up.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "snapshot/snapshot.h"

namespace kalima::research {

struct VerseText {
  std::string_view json;
  // Keeps `json` where it is; empty when that is the snapshot.
  std::shared_ptr<const std::string> owner;
};

class LiveVerses {
 public:
  explicit LiveVerses(const snapshot::Snapshot& snapshot)
      : snapshot_(snapshot), changed_(snapshot.verse_count()) {}

  const snapshot::Snapshot& snapshot() const { return snapshot_; }
  VerseText verse(std::size_t number) const;
  // True when no verse of [from, to) was changed, so that the snapshot's run of them may be used.
  bool unchanged(std::size_t from, std::size_t to) const;

  void replace(std::size_t number, std::string json);

 private:
  const snapshot::Snapshot& snapshot_;
  std::vector<std::atomic<bool>> changed_;
  mutable std::shared_mutex mutex_;
  std::unordered_map<std::size_t, std::shared_ptr<const std::string>> texts_;
};

}  // namespace kalima::research
