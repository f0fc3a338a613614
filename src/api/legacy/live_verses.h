// The current verses: from the snapshot, or rendered again if a verse's research was changed since the snapshot was made.
// A write only notes that a verse was changed; the first who reads the verse renders it. Threads: any, one at a time for
// follow(); readers wait only for who renders the same verse, and for the time of a look-up.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "api/legacy/derived/snapshot.h"
#include "api/legacy/written_research.h"
#include "store/corpus_reader.h"

namespace kalima::api::legacy {

struct VerseText {
  std::string_view json;
  // Keeps `json` valid; empty if it points into the snapshot.
  std::shared_ptr<const std::string> owner;
};

class LiveVerses {
 public:
  // Calls what it is given with a reader that sees every write which was answered; throws Error. Threads: any.
  using Read = std::function<void(const std::function<void(const store::CorpusReader&)>&)>;

  LiveVerses(const Snapshot& snapshot, Read read);
  ~LiveVerses();

  const Snapshot& snapshot() const { return snapshot_; }
  // A verse of several, without documents that cannot be read; the log has them. Throws Error(damaged) if its layout
  // cannot be read.
  VerseText verse(std::size_t number) const;
  // The one that was asked for. Throws Error(damaged) if anything that was written about it cannot be read.
  VerseText whole_verse(std::size_t number) const;
  struct Written {
    VerseText text;
    std::string tag;  // of the answer about a kind of research, as `text` has it
  };
  Written written(std::size_t number, corpus::ResearchKind kind) const;
  // True if no verse of [from, to) was changed, so that their JSON in the snapshot may be used.
  bool unchanged(std::size_t from, std::size_t to) const;

  // Notes that a verse was changed; returns what answers have shown of it until now, nothing if they have not, or if no
  // verse has that number.
  VerseText follow(std::int64_t verse);

 private:
  struct Rendered;
  struct Changed;

  std::shared_ptr<const Rendered> rendered(std::size_t number) const;
  Rendered render(std::size_t number) const;

  const Snapshot& snapshot_;
  Read read_;
  std::vector<std::atomic<bool>> changed_;
  mutable std::shared_mutex mutex_;  // the map and what its members hold
  std::unordered_map<std::size_t, std::shared_ptr<Changed>> by_number_;
};

}  // namespace kalima::api::legacy
