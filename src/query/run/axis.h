// The places that one query counts in: words where it never looks inside a word, otherwise segments.
//
// Threads: constant once made.
#pragma once

#include <cstdint>
#include <vector>

#include "query/run/bits.h"
#include "query/run/corpus.h"

namespace kalima::query {

class Axis {
 public:
  Axis(const Corpus& corpus, bool words);

  const Corpus& corpus() const { return corpus_; }
  bool words() const { return words_; }
  std::size_t size() const { return words_ ? corpus_.words() : corpus_.positions(); }

  // The first place of a word; of the number of words, the size.
  std::uint32_t of_word(std::uint32_t word) const { return words_ ? word : corpus_.first[word]; }
  std::uint32_t word_at(std::uint32_t place) const { return words_ ? place : corpus_.word_of[place]; }
  // The place of a segment position that begins a word, or of any where places are segments; of the number of
  // positions, the size.
  std::uint32_t place_of(std::uint32_t position) const {
    if (!words_) return position;
    return position < corpus_.positions() ? corpus_.word_of[position] : static_cast<std::uint32_t>(size());
  }
  // The segment position where a place begins; of the size, the number of positions.
  std::uint32_t position_at(std::uint32_t place) const { return words_ ? corpus_.first[place] : place; }
  // The words of [begin, end), which is not empty.
  std::uint32_t words_in(std::uint32_t begin, std::uint32_t end) const {
    return word_at(end - 1) - word_at(begin) + 1;
  }

  // How many places words take: one on the axis of words.
  std::uint32_t max_width() const { return static_cast<std::uint32_t>(by_width_.size()); }
  // The first places of words that take `width`, from 1.
  const Bits& of_width(std::uint32_t width) const { return by_width_[width - 1]; }

 private:
  const Corpus& corpus_;
  bool words_;
  std::vector<Bits> by_width_;
};

}  // namespace kalima::query
