#include "query/run/corpus.h"

#include <algorithm>

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
    if (static_cast<Region>(kind) == Region::word) {
      for (std::uint32_t word = 0; word < words(); ++word) {
        spans.begin.push_back(word);
        spans.end.push_back(word + 1);
        spans.number.push_back(word);
      }
      continue;
    }
    const columns::RegionList& list = core_.regions(static_cast<Region>(kind));
    std::vector<std::pair<columns::Range, std::uint32_t>> ranges;
    for (std::uint32_t i = 0; i < list.size(); ++i) ranges.emplace_back(list.words(i), i);
    // A treebank may have its sentences in any order.
    std::ranges::stable_sort(ranges, [](const auto& a, const auto& b) {
      return std::pair(a.first.begin, b.first.end) < std::pair(b.first.begin, a.first.end);
    });
    for (const auto& [range, number] : ranges) {
      if (range.size() == 0 || (!spans.end.empty() && spans.end.back() > range.begin)) spans.disjoint = false;
      spans.begin.push_back(static_cast<std::uint32_t>(range.begin));
      spans.end.push_back(static_cast<std::uint32_t>(range.end));
      spans.number.push_back(number);
    }
  }
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
      out.assign(words(), 0);
      const RegionSpans& spans = regions(row.region);
      // The outer ones first, so that the first of them stays.
      for (std::size_t i = 0; i < spans.begin.size(); ++i) {
        const std::uint32_t value = core_.value(attribute, spans.number[i]);
        for (std::uint32_t word = spans.begin[i]; word < spans.end[i]; ++word) {
          if (out[word] == 0) out[word] = value;
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
  const Level level = attributes::definition(attribute).level;
  if (level != Level::segment && level != Level::node) return values(attribute);
  Kept& kept = kept_of_words_[static_cast<std::size_t>(attribute)];
  std::call_once(kept.once, [&] {
    const std::vector<std::uint32_t>& of_positions = values(attribute);
    for (std::uint32_t word = 0; word < words(); ++word) {
      const std::uint32_t head = first[word + 1] - first[word] == 1 ? first[word] : head_of_word[word];
      kept.values.push_back(head == nothing ? 0 : of_positions[head]);
    }
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
    return values(attribute)[row.level == Level::segment ? position : word_of[position]];
  }
  if (row.level != Level::segment || row.column != Column::analysis) return 0;
  if (attribute == Attribute::person || attribute == Attribute::gender || attribute == Attribute::number) {
    if (const std::uint32_t verb = trees.verb_of(node); verb != Forest::no_node)
      return values(attribute)[trees.position[verb]];
  }
  const columns::Numbers& column = core_.column(attribute);
  const std::uint32_t item = core_.trees().analysis(node);
  return item < column.size() ? static_cast<std::uint32_t>(column[item]) : 0;
}

}  // namespace kalima::query
