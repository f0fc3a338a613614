// The content of a core file in memory, between the builder, which fills it, and the writer. Values of attributes
// are numbers as in the file: 0 missing; of a dictionary attribute the place in its texts, of an enumerated one the
// place among its values, each from 1; a number or flag + 1.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "attributes/table.h"

namespace kalima::columns {

using Values = std::vector<std::uint32_t>;

struct Model {
  std::string identity;
  std::array<std::vector<std::string>, attributes::attribute_count> texts;
  // For each analysis, segment, analysis of words, word, region or node, as attributes::Column says; those that are
  // implied too.
  std::array<Values, attributes::attribute_count> columns;

  // As the sections of the same name (file.h).
  Values segment_analysis, segment_word;
  Values word_end, word_verse, word_analysis, word_analysis_end, word_analysis_parts;
  Values verse_end, verse_surah, verse_ayah;
  std::string verse_text;  // of all verses
  std::vector<std::uint64_t> verse_text_end;
  Values word_from, word_to;
  struct Regions {
    Values begin, end, number;
  };
  std::array<Regions, attributes::regions.size()> regions;
  Values node_segment, node_analysis, node_head, node_verse, node_order, node_last, node_cycle, node_flags;
  Values sentence_end, child_end, children;
  Values phrase_node, phrase_first, phrase_last;
  std::size_t analyses = 0;

  const Values& column(attributes::Attribute attribute) const {
    return columns[static_cast<std::size_t>(attribute)];
  }
  std::size_t words() const { return word_end.size(); }
  std::size_t verses() const { return verse_end.size(); }
  std::size_t segments() const { return segment_analysis.size(); }
};

// Where part `place` of those that end at `ends` begins.
inline std::uint32_t begin_of(const Values& ends, std::size_t place) {
  return place == 0 ? 0 : ends[place - 1];
}

}  // namespace kalima::columns
