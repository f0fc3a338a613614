// The pairs of similar verses that were asked for last, within a limit on memory: another page or order of them, and each part
// of an export, need no comparing. It belongs to one corpus.
//
// Threads: any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <vector>

#include "attributes/table.h"
#include "query/query.h"

namespace kalima::statistics {

struct SimilarPair {
  std::uint32_t first, second, common;
};

struct SimilarPairs {
  std::vector<SimilarPair> pairs;  // in the order of the text
  std::uint64_t compared = 0;      // verses
};

class PairCache {
 public:
  static constexpr std::size_t default_bytes = std::size_t{4} * 1024 * 1024;

  // What decides which pairs there are. The scope is its words: what it was called may mean others later.
  struct Key {
    attributes::Attribute attribute;
    double min_similarity;
    std::uint64_t min_words;
    Bits scope;
    bool operator==(const Key& other) const;
  };

  explicit PairCache(std::size_t max_bytes = default_bytes) : max_bytes_(max_bytes) {}

  // nullptr if they are not kept.
  std::shared_ptr<const SimilarPairs> find(const Key& key);
  // Keeps them if there is room; what was asked for longest ago makes room.
  void keep(Key key, std::shared_ptr<const SimilarPairs> pairs);

 private:
  struct Entry {
    Key key;
    std::shared_ptr<const SimilarPairs> pairs;
    std::size_t bytes;
  };

  const std::size_t max_bytes_;
  std::mutex mutex_;
  std::list<Entry> entries_;  // most recently used first
  std::size_t bytes_ = 0;
};

}  // namespace kalima::statistics
