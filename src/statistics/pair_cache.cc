#include "statistics/pair_cache.h"

#include <algorithm>
#include <utility>

namespace kalima::statistics {

bool PairCache::Key::operator==(const Key& other) const {
  return attribute == other.attribute && min_similarity == other.min_similarity &&
         min_words == other.min_words && scope == other.scope;
}

std::shared_ptr<const SimilarPairs> PairCache::find(const Key& key) {
  const std::lock_guard lock(mutex_);
  const auto entry = std::ranges::find(entries_, key, &Entry::key);
  if (entry == entries_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, entry);
  return entry->pairs;
}

void PairCache::keep(Key key, std::shared_ptr<const SimilarPairs> pairs) {
  const std::size_t bytes = sizeof(Entry) + key.scope.bytes() + pairs->pairs.capacity() * sizeof(SimilarPair);
  if (bytes > max_bytes_) return;
  const std::lock_guard lock(mutex_);
  // Another request may have been as quick.
  if (std::ranges::find(entries_, key, &Entry::key) != entries_.end()) return;
  entries_.push_front({std::move(key), std::move(pairs), bytes});
  bytes_ += bytes;
  while (bytes_ > max_bytes_) {
    bytes_ -= entries_.back().bytes;
    entries_.pop_back();
  }
}

}  // namespace kalima::statistics
