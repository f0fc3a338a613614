// The places that a query counts in: words where it never looks inside a word, otherwise segments; and what all queries that
// count in them share.
//
// Threads: all may use one object.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "query/run/corpus.h"
#include "query/run/region_places.h"
#include "support/bits.h"

namespace kalima::query {

class Axis {
 public:
  // `corpus` must outlive it.
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
  const Bits& of_width(std::uint32_t width) const { return *by_width_[width - 1]; }
  const std::shared_ptr<const Bits>& shared_of_width(std::uint32_t width) const {
    return by_width_[width - 1];
  }

  // All regions of one kind; kept, but for words, of which there are many.
  std::shared_ptr<const RegionPlaces> places(attributes::Region region) const;
  RegionMarks marks(attributes::Region region) const;
  // Surahs, which no span leaves.
  const Fence& surahs() const { return surahs_; }
  const Bits& surah_borders() const { return *surahs_.borders.front(); }
  // Of spans that lie in a surah and in a region, of a kind of which no two overlap.
  Fence inside_of(attributes::Region region) const;

 private:
  struct Kept {
    std::once_flag places_once, marks_once, fence_once;
    std::shared_ptr<const RegionPlaces> places;
    RegionMarks marks;
    Fence fence;
  };
  RegionPlaces made_places(attributes::Region region) const;
  Kept& kept(attributes::Region region) const { return kept_[static_cast<std::size_t>(region)]; }

  const Corpus& corpus_;
  bool words_;
  std::vector<std::shared_ptr<const Bits>> by_width_;
  mutable std::array<Kept, attributes::regions.size()> kept_;
  Fence surahs_;
};

// `fence`, and inside one of the regions, which are disjoint.
Fence narrowed(const Axis& axis, const Fence& fence, const RegionMarks& marks);

// The axes of a corpus, which must outlive them.
struct Axes {
  explicit Axes(const Corpus& corpus) : words(corpus, true), segments(corpus, false) {}
  Axis words, segments;
};

}  // namespace kalima::query
