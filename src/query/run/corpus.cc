#include "query/run/corpus.h"

#include <algorithm>
#include <utility>

#include "query/plan/condition.h"

namespace kalima::query {

using attributes::Attribute;
using attributes::Column;
using attributes::Definition;
using attributes::Level;
using attributes::Region;

Corpus::Corpus(const columns::CoreFile& core) : core_(core) {
  read_segments();
  read_regions();
}

void Corpus::read_segments() {
  const auto none = static_cast<std::uint32_t>(core_.analyses());
  constexpr auto stem = static_cast<std::uint32_t>(attributes::SegmentType::stem) + 1;
  const columns::Numbers& types = core_.column(Attribute::type);
  first.reserve(core_.words() + 1);
  for (std::uint32_t word = 0; word < core_.words(); ++word) {
    first.push_back(static_cast<std::uint32_t>(word_of.size()));
    word_analysis.push_back(core_.word_analysis_of(word));
    verse_of.push_back(core_.verse_of(word));
    const columns::Range segments = core_.segments_of(word);
    std::uint32_t head = nothing, unknown = nothing;
    for (std::size_t segment = segments.begin; segment < segments.end; ++segment) {
      const auto position = static_cast<std::uint32_t>(word_of.size());
      word_of.push_back(word);
      segment_of.push_back(static_cast<std::uint32_t>(segment));
      analysis.push_back(core_.analysis_of(segment));
      const std::uint64_t type = types[analysis.back()];
      if (type == stem && head == nothing) head = position;
      if (type == 0 && unknown == nothing) unknown = position;
    }
    if (segments.size() == 0) {
      word_of.push_back(word);
      segment_of.push_back(nothing);
      analysis.push_back(none);
    }
    head_of_word.push_back(head != nothing ? head : unknown);
  }
  first.push_back(static_cast<std::uint32_t>(word_of.size()));
  for (std::size_t verse = 0; verse < core_.verses(); ++verse)
    verse_begin.push_back(static_cast<std::uint32_t>(core_.words_of(verse).begin));
  verse_begin.push_back(static_cast<std::uint32_t>(core_.words()));

  analysis_ends.assign(none + 2, 0);
  for (const std::uint32_t one : analysis) ++analysis_ends[one + 1];
  for (std::size_t i = 1; i < analysis_ends.size(); ++i) analysis_ends[i] += analysis_ends[i - 1];
  analysis_positions.resize(analysis.size());
  std::vector<std::uint32_t> next(analysis_ends.begin(), analysis_ends.end() - 1);
  for (std::uint32_t position = 0; position < analysis.size(); ++position)
    analysis_positions[next[analysis[position]]++] = position;
}

void Corpus::read_regions() {
  for (std::size_t kind = 0; kind < regions_.size(); ++kind) {
    RegionSpans& spans = regions_[kind];
    const auto region = static_cast<Region>(kind);
    if (region == Region::word) {
      for (std::uint32_t word = 0; word < words(); ++word) {
        spans.begin.push_back(first[word]);
        spans.end.push_back(first[word + 1]);
        spans.number.push_back(word);
      }
      continue;
    }
    const columns::RegionList& list = core_.regions(region);
    std::vector<std::pair<columns::Range, std::uint32_t>> ranges;
    for (std::uint32_t i = 0; i < list.size(); ++i) {
      if (has_segment_borders(region)) {
        ranges.emplace_back(
            spoken_of(region == Region::phrase ? core_.trees().phrase(i) : core_.trees().sentence(i)), i);
      } else {
        const columns::Range words = list.words(i);
        ranges.push_back({{first[words.begin], first[words.end]}, i});
      }
    }
    // A treebank may have its sentences in any order.
    std::ranges::stable_sort(ranges, [](const auto& a, const auto& b) {
      return std::pair(a.first.begin, b.first.end) < std::pair(b.first.begin, a.first.end);
    });
    for (const auto& [range, number] : ranges) {
      spans.begin.push_back(static_cast<std::uint32_t>(range.begin));
      spans.end.push_back(static_cast<std::uint32_t>(range.end));
      spans.number.push_back(number);
    }
  }
}

columns::Range Corpus::spoken_of(const columns::Range& nodes) const {
  columns::Range out{positions(), 0};
  for (std::size_t node = nodes.begin; node < nodes.end; ++node) {
    const auto segment = core_.trees().segment(node);
    if (!segment) continue;
    const std::uint32_t word = core_.word_of(*segment);
    const std::size_t position = first[word] + (*segment - core_.segments_of(word).begin);
    if (position >= first[word + 1]) columns::damaged("a segment is in no word");
    out.begin = std::min(out.begin, position);
    out.end = std::max(out.end, position + 1);
  }
  return out.end == 0 ? columns::Range{} : out;
}

const std::vector<std::uint32_t>& Corpus::values(Attribute attribute) const {
  Kept& kept = kept_[static_cast<std::size_t>(attribute)];
  std::call_once(kept.once, [&] { kept.values = made_values(attribute); });
  return kept.values;
}

std::vector<std::uint32_t> Corpus::made_values(Attribute attribute) const {
  const Definition& row = attributes::definition(attribute);
  const columns::Numbers& column = core_.column(attribute);
  std::vector<std::uint32_t> out;
  switch (row.level) {
    case Level::segment:
      out.reserve(positions());
      for (std::size_t i = 0; i < positions(); ++i) {
        const std::size_t item = row.column == Column::analysis ? analysis[i] : segment_of[i];
        out.push_back(item < column.size() ? static_cast<std::uint32_t>(column[item]) : 0);
      }
      break;
    case Level::word:
      out.reserve(words());
      for (std::size_t i = 0; i < words(); ++i) out.push_back(core_.value(attribute, i));
      break;
    case Level::region: {
      const bool of_positions = is_segment_level(attribute);
      out.assign(of_positions ? positions() : words(), 0);
      const RegionSpans& spans = regions(row.region);
      // The outer ones first, so that the first of them stays.
      for (std::size_t i = 0; i < spans.begin.size(); ++i) {
        if (spans.begin[i] == spans.end[i]) continue;
        const std::uint32_t value = core_.value(attribute, spans.number[i]),
                            begin = of_positions ? spans.begin[i] : word_of[spans.begin[i]],
                            end = of_positions ? spans.end[i] : word_of[spans.end[i] - 1] + 1;
        for (std::uint32_t item = begin; item < end; ++item) {
          if (out[item] == 0) out[item] = value;
        }
      }
      break;
    }
    case Level::node: {
      // Every segment is spoken, whether or not it is in a tree.
      out.assign(positions(), attribute == Attribute::hidden ? 1 : 0);
      std::vector<std::uint32_t> position_of(core_.segments(), nothing);
      for (std::uint32_t i = 0; i < positions(); ++i) {
        if (segment_of[i] != nothing) position_of[segment_of[i]] = i;
      }
      for (std::size_t node = core_.trees().size(); node-- > 0;) {
        if (const auto segment = core_.trees().segment(node); segment && position_of[*segment] != nothing)
          out[position_of[*segment]] = core_.value(attribute, node);
      }
      break;
    }
  }
  return out;
}

const std::vector<std::uint32_t>& Corpus::values_of_words(Attribute attribute) const {
  if (!is_segment_level(attribute)) return values(attribute);
  Kept& kept = kept_of_words_[static_cast<std::size_t>(attribute)];
  std::call_once(kept.once, [&] {
    const std::vector<std::uint32_t>& of_positions = values(attribute);
    std::vector<std::uint32_t> out;
    out.reserve(words());
    for (std::uint32_t word = 0; word < words(); ++word) {
      const std::uint32_t head = first[word + 1] - first[word] == 1 ? first[word] : head_of_word[word];
      out.push_back(head == nothing ? 0 : of_positions[head]);
    }
    kept.values = std::move(out);
  });
  return kept.values;
}

const Forest& Corpus::forest() const {
  std::call_once(forest_once_, [&] { forest_.emplace(*this); });
  return *forest_;
}

std::uint32_t Corpus::verse_of_hidden(std::uint32_t position, std::uint32_t number) const {
  const std::uint32_t verse = forest().verse[forest().hidden_at(position)[number - 1]];
  return verse != Forest::no_node ? verse : verse_of[word_of[position]];
}

std::uint32_t Corpus::value_of_node(Attribute attribute, std::uint32_t node) const {
  const Definition& row = attributes::definition(attribute);
  if (row.level == Level::node) return core_.value(attribute, node);
  const Forest& trees = forest();
  if (!trees.hidden(node)) {
    const std::uint32_t position = trees.position[node];
    return values(attribute)[is_segment_level(attribute) ? position : word_of[position]];
  }
  if (row.level == Level::region) return value_of_region_around(row, node);
  if (row.level != Level::segment || row.column != Column::analysis) return 0;
  if (attribute == Attribute::person || attribute == Attribute::gender || attribute == Attribute::number) {
    if (const std::uint32_t verb = trees.verb_of(node); verb != Forest::no_node)
      return values(attribute)[trees.position[verb]];
  }
  const columns::Numbers& column = core_.column(attribute);
  const std::uint32_t item = core_.trees().analysis(node);
  return item < column.size() ? static_cast<std::uint32_t>(column[item]) : 0;
}

// Of a node that is not spoken: the divisions of its verse, its sentence, the first phrase that holds it.
std::uint32_t Corpus::value_of_region_around(const Definition& row, std::uint32_t node) const {
  const Forest& trees = forest();
  if (row.region == Region::sentence) return core_.value(row.attribute, core_.trees().sentence_of(node));
  if (row.region == Region::phrase) {
    const std::uint32_t phrase = trees.phrase_around(node);
    return phrase == Forest::no_node ? 0 : core_.value(row.attribute, phrase);
  }
  const std::uint32_t verse = trees.verse[node];
  if (verse == Forest::no_node || verse_begin[verse] == verse_begin[verse + 1]) return 0;
  return values(row.attribute)[verse_begin[verse]];
}

}  // namespace kalima::query
