// The value of a key for each hit.
//
// Threads: one query is answered by one.
#pragma once

#include <cstdint>
#include <vector>

#include "query/query.h"
#include "query/results/collation.h"
#include "query/results/keys.h"
#include "query/run/corpus.h"

namespace kalima::query {

// The words of a hit, [begin, end): none for a tag alone, which is before `begin`.
struct HitWords {
  std::uint32_t begin, end;
};
HitWords words_of(const Corpus& corpus, const Hit& hit);

class KeyValues {
 public:
  KeyValues(const Corpus& corpus, const Key& key);

  // The number of the value as in the core file; 0 for a missing one, and where nothing is at the place. Places
  // before and after the hit lie in its surah.
  std::uint32_t of(const Hit& hit) const;
  const Key& key() const { return key_; }
  // No value is greater.
  std::uint32_t max() const { return max_; }

 private:
  std::uint32_t of_span(std::uint32_t begin, std::uint32_t end) const;
  std::uint32_t of_word(std::uint32_t word) const;

  const Corpus& corpus_;
  const Key key_;
  const std::vector<std::uint32_t>&values_, &surahs_;
  const bool of_segments_;
  std::uint32_t max_;
};

// The value of an attribute for a word: of one of segments that of its stem.
std::uint32_t value_of_word(const Corpus& corpus, attributes::Attribute attribute, std::uint32_t word);

}  // namespace kalima::query
