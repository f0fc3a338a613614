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

// The values of one attribute for words: of one that segments may differ in that of the stem.
class WordValues {
 public:
  WordValues(const Corpus& corpus, attributes::Attribute attribute)
      : corpus_(corpus), values_(corpus.values(attribute)), of_segments_(is_segment_level(attribute)) {}

  std::uint32_t of_word(std::uint32_t word) const {
    if (!of_segments_) return values_[word];
    const std::uint32_t head = corpus_.head_of_word[word];
    return head == nothing ? 0 : values_[head];
  }
  // Of a span of positions that is one segment its own, otherwise that of the first word; 0 of an empty one.
  std::uint32_t of_span(std::uint32_t begin, std::uint32_t end) const {
    if (begin >= end) return 0;
    return of_segments_ && end - begin == 1 ? values_[begin] : of_word(corpus_.word_of[begin]);
  }
  // Of a hit: as that of its span, of a tag alone that of the word that begins, or ends, there.
  std::uint32_t of_hit(const Hit& hit) const {
    return hit.end > hit.begin ? of_span(hit.begin, hit.end) : of_word(corpus_.word_of[hit.first()]);
  }
  // Of a word of the hit: of the first that of the hit, which is what it is sorted and grouped by; of a later one of which
  // the hit is a single segment that of the segment.
  std::uint32_t of_word_in(const Hit& hit, std::uint32_t word) const {
    const std::uint32_t begin = corpus_.first[word], end = corpus_.first[word + 1];
    if (begin <= hit.begin) return of_hit(hit);
    return hit.end < end ? of_span(begin, hit.end) : of_word(word);
  }

 private:
  const Corpus& corpus_;
  const std::vector<std::uint32_t>& values_;
  const bool of_segments_;
};

class KeyValues {
 public:
  KeyValues(const Corpus& corpus, const Key& key);

  // The number of the value as in the core file; 0 for a missing one, and where nothing is at the place. Places
  // before and after the hit lie in its surah. The hit may come without captures unless uses_captures().
  std::uint32_t of(const Hit& hit) const {
    return key_.where == Key::Where::match ? values_.of_hit(hit) : of_other(hit);
  }
  // Of hits that are each a whole word: the values of the words; nullptr where values come from elsewhere.
  const std::vector<std::uint32_t>* of_words() const {
    return key_.where == Key::Where::match ? &corpus_.values_of_words(key_.attribute) : nullptr;
  }
  bool uses_captures() const { return key_.where == Key::Where::capture; }
  const Key& key() const { return key_; }
  // No value is greater.
  std::uint32_t max() const { return max_; }

 private:
  std::uint32_t of_other(const Hit& hit) const;

  const Corpus& corpus_;
  const Key key_;
  const WordValues values_;
  const std::vector<std::uint32_t>& surahs_;
  std::uint32_t max_;
};

}  // namespace kalima::query
