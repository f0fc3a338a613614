// The columns that every query walks, decoded and checked once for each core file, so that loops need no checks.
//
// The axis of positions is that of segments. A word without segments, as in a corpus without morphology, has one
// position of its own, where every attribute of segments is missing.
//
// Threads: all may use one object.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "corpus/columns/core_file.h"
#include "query/run/forest.h"

namespace kalima::query {

inline constexpr std::uint32_t nothing = 0xFFFFFFFF;

// The regions of one kind, as positions [begin, end), by where they begin, the longest first.
struct RegionSpans {
  std::vector<std::uint32_t> begin, end, number;  // number: in the core file
};

class Corpus {
 public:
  // Throws Error(unavailable) when the file is damaged. `core` must outlive it.
  explicit Corpus(const columns::CoreFile& core);

  const columns::CoreFile& core() const { return core_; }
  std::size_t words() const { return first.size() - 1; }
  std::size_t positions() const { return word_of.size(); }

  std::vector<std::uint32_t> first;          // of each word its first position, and one more
  std::vector<std::uint32_t> word_of;        // of each position
  std::vector<std::uint32_t> segment_of;     // of each position; or nothing
  std::vector<std::uint32_t> analysis;       // of each position; core().analyses() for none
  std::vector<std::uint32_t> analysis_ends;  // of each analysis and of none, in analysis_positions
  std::vector<std::uint32_t> analysis_positions;
  std::vector<std::uint32_t> word_analysis;  // of each word
  std::vector<std::uint32_t> verse_of;       // of each word
  std::vector<std::uint32_t> verse_begin;    // of each verse its first word, and one more
  // Of each word the position whose values it has as a capture: its first stem, or the first segment of unknown type.
  std::vector<std::uint32_t> head_of_word;

  const RegionSpans& regions(attributes::Region region) const {
    return regions_[static_cast<std::size_t>(region)];
  }
  // The value of an attribute for each position (is_segment_level) or word (of others; of regions that of the first
  // one that holds it). Made when it is first asked for.
  const std::vector<std::uint32_t>& values(attributes::Attribute attribute) const;
  // Of each word the value that it has as a capture: where values are of positions, that of its only one or of its head.
  const std::vector<std::uint32_t>& values_of_words(attributes::Attribute attribute) const;
  // The value of a node, spoken or not. One that is not spoken has those of its treebank and of the regions around it; a
  // subject that its verb implies has the verb's person, gender and number.
  std::uint32_t value_of_node(attributes::Attribute attribute, std::uint32_t node) const;
  // From the first to the last position of those nodes that are spoken; empty if none is.
  columns::Range spoken_of(const columns::Range& nodes) const;
  // Made when it is first asked for.
  const Forest& forest() const;
  // The verse of a node that is not spoken: the n-th, from 1, at a position.
  std::uint32_t verse_of_hidden(std::uint32_t position, std::uint32_t number) const;

 private:
  std::uint32_t value_of_region_around(const attributes::Definition& row, std::uint32_t node) const;
  void read_segments();
  void read_regions();
  std::vector<std::uint32_t> made_values(attributes::Attribute attribute) const;

  const columns::CoreFile& core_;
  std::array<RegionSpans, attributes::regions.size()> regions_;
  struct Kept {
    std::once_flag once;
    std::vector<std::uint32_t> values;
  };
  mutable std::array<Kept, attributes::attribute_count> kept_, kept_of_words_;
  mutable std::once_flag forest_once_;
  mutable std::optional<Forest> forest_;
};

}  // namespace kalima::query
