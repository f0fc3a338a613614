#include "corpus/columns/core_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/numbers.h"

namespace kalima::columns {

using attributes::Attribute;
using attributes::Column;
using attributes::Definition;
using attributes::Region;
using attributes::Type;

namespace {

constexpr std::uint32_t all_numbers = 0xFFFFFFFF;
constexpr std::size_t numbers_of_counts = 4;

SectionKey key(Part part, std::size_t of) { return {part, static_cast<std::uint16_t>(of)}; }

}  // namespace

RegionList::RegionList(const File& file, Region region, std::size_t words)
    : begin_(file.numbers(key(Part::region_begin, static_cast<std::size_t>(region)))),
      end_(file.numbers(key(Part::region_end, static_cast<std::size_t>(region)))),
      number_(file.numbers(key(Part::region_number, static_cast<std::size_t>(region)))),
      words_(words) {}

Range RegionList::words(std::size_t region) const {
  const std::uint64_t begin = begin_[region], end = end_[region];
  if (begin > end || end > words_) damaged("a region is wrong");
  return {static_cast<std::size_t>(begin), static_cast<std::size_t>(end)};
}

std::uint32_t RegionList::number(std::size_t region) const { return number_.below(region, all_numbers); }

std::optional<std::size_t> RegionList::begun_at(std::size_t word) const {
  std::size_t low = 0, high = size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (begin_[middle] <= word) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == 0) return std::nullopt;
  return low - 1;
}

Trees::Trees(const File& file, std::size_t segments, std::size_t analyses, std::size_t verses)
    : segment_(file.numbers({Part::node_segment})),
      analysis_(file.numbers({Part::node_analysis})),
      head_(file.numbers({Part::node_head})),
      verse_(file.numbers({Part::node_verse})),
      order_(file.numbers({Part::node_order})),
      last_(file.numbers({Part::node_last})),
      cycle_(file.numbers({Part::node_cycle})),
      flags_(file.numbers({Part::node_flags})),
      sentence_end_(file.numbers({Part::sentence_end})),
      child_end_(file.numbers({Part::child_end})),
      children_(file.numbers({Part::children})),
      phrase_node_(file.numbers({Part::phrase_node})),
      phrase_first_(file.numbers({Part::phrase_first})),
      phrase_last_(file.numbers({Part::phrase_last})),
      segments_(segments),
      analyses_(analyses),
      verses_(verses) {}

std::optional<std::uint32_t> Trees::segment(std::size_t node) const {
  const std::uint32_t number = segment_.below(node, segments_ + 1);
  if (number == 0) return std::nullopt;
  return number - 1;
}

std::uint32_t Trees::analysis(std::size_t node) const { return analysis_.below(node, analyses_); }

std::optional<std::uint32_t> Trees::head(std::size_t node) const {
  const std::uint32_t number = head_.below(node, size() + 1);
  if (number == 0) return std::nullopt;
  return number - 1;
}

std::optional<std::uint32_t> Trees::verse(std::size_t node) const {
  const std::uint32_t number = verse_.below(node, verses_ + 1);
  if (number == 0) return std::nullopt;
  return number - 1;
}

bool Trees::on_cycle(std::size_t node) const { return (flags_[node] & 1) != 0; }
bool Trees::names_itself(std::size_t node) const { return (flags_[node] & 2) != 0; }

bool Trees::is_ancestor(std::size_t ancestor, std::size_t node) const {
  if (ancestor == node) return false;
  if (on_cycle(ancestor)) return cycle_[ancestor] == cycle_[node];
  return order_[ancestor] < order_[node] && order_[node] <= last_[ancestor];
}

std::size_t Trees::child_count(std::size_t node) const {
  return range_in(child_end_, node, children_.size()).size();
}

std::uint32_t Trees::child(std::size_t node, std::size_t place) const {
  const Range range = range_in(child_end_, node, children_.size());
  if (place >= range.size()) damaged("a dependent is missing");
  return children_.below(range.begin + place, size());
}

std::vector<std::uint32_t> Trees::ancestors(std::size_t node) const {
  std::vector<std::uint32_t> out;
  const Range sentence = this->sentence(sentence_of(node));
  for (auto head = this->head(node); head && *head != node; head = this->head(*head)) {
    // From beside a cycle, the node where the way entered it comes again.
    if (on_cycle(*head) && std::ranges::find(out, *head) != out.end()) break;
    if (out.size() >= sentence.size()) damaged("heads lead out of a sentence");
    out.push_back(*head);
  }
  return out;
}

Range Trees::sentence(std::size_t sentence) const { return range_in(sentence_end_, sentence, size()); }

std::size_t Trees::sentence_of(std::size_t node) const {
  std::size_t low = 0, high = sentences();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (sentence_end_[middle] <= node) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == sentences()) damaged("a node is in no sentence");
  return low;
}

std::uint32_t Trees::phrase_node(std::size_t phrase) const { return phrase_node_.below(phrase, size()); }

Range Trees::phrase(std::size_t phrase) const {
  const std::size_t first = phrase_first_.below(phrase, size()), last = phrase_last_.below(phrase, size());
  if (first > last) damaged("a phrase is wrong");
  return {first, last + 1};
}

CoreFile::CoreFile(files::Mapped file)
    : file_(std::move(file), attributes::table_hash()),
      segment_analysis_(file_.numbers({Part::segment_analysis})),
      segment_word_(file_.numbers({Part::segment_word})),
      word_end_(file_.numbers({Part::word_end})),
      word_verse_(file_.numbers({Part::word_verse})),
      word_analysis_(file_.numbers({Part::word_analysis})),
      word_analysis_end_(file_.numbers({Part::word_analysis_end})),
      word_analysis_parts_(file_.numbers({Part::word_analysis_parts})),
      verse_end_(file_.numbers({Part::verse_end})),
      verse_surah_(file_.numbers({Part::verse_surah})),
      verse_ayah_(file_.numbers({Part::verse_ayah})),
      verse_text_end_(file_.numbers({Part::verse_text_end})),
      word_from_(file_.numbers({Part::word_from})),
      word_to_(file_.numbers({Part::word_to})),
      verse_text_(file_.bytes({Part::verse_text})) {
  for (std::size_t i = 0; i < attributes_.size(); ++i) {
    OfAttribute& of = attributes_[i];
    of.dictionary =
        Dictionary(file_.bytes(key(Part::dictionary, i)), file_.numbers(key(Part::dictionary_ends, i)));
    of.column = file_.numbers(key(Part::column, i));
    of.counts = file_.numbers(key(Part::counts, i));
    of.postings = file_.bytes(key(Part::postings, i));
    of.posting_ends = file_.numbers(key(Part::posting_ends, i));
    of.holders = file_.numbers(key(Part::holders, i));
    of.holder_ends = file_.numbers(key(Part::holder_ends, i));
  }
  for (std::size_t i = 0; i < regions_.size(); ++i) {
    regions_[i] = RegionList(file_, static_cast<Region>(i), words());
  }
  trees_ = Trees(file_, segments(), analyses(), verses());
}

std::uint32_t CoreFile::surah(std::size_t verse) const { return verse_surah_.below(verse, all_numbers); }
std::uint32_t CoreFile::ayah(std::size_t verse) const { return verse_ayah_.below(verse, all_numbers); }

std::string_view CoreFile::text_of(std::size_t verse) const {
  const Range range = range_in(verse_text_end_, verse, verse_text_.size());
  return verse_text_.substr(range.begin, range.size());
}

std::optional<std::size_t> CoreFile::find_verse(std::uint64_t surah, std::uint64_t ayah) const {
  for (std::size_t verse = 0; verse < verses(); ++verse) {
    if (verse_surah_[verse] == surah && verse_ayah_[verse] == ayah) return verse;
  }
  return std::nullopt;
}

std::optional<Range> CoreFile::place_of(std::size_t word) const {
  const std::uint32_t from = word_from_.below(word, all_numbers), to = word_to_.below(word, all_numbers);
  if (from == to) return std::nullopt;
  if (from > to) damaged("a word is wrong");
  return Range{from, to};
}

std::uint32_t CoreFile::analysis_of(std::size_t segment) const {
  return segment_analysis_.below(segment, analyses());
}
std::uint32_t CoreFile::word_analysis_of(std::size_t word) const {
  return word_analysis_.below(word, word_analyses());
}

std::vector<std::uint32_t> CoreFile::parts_of(std::size_t word_analysis) const {
  const Range range = range_in(word_analysis_end_, word_analysis, word_analysis_parts_.size());
  std::vector<std::uint32_t> out;
  for (std::size_t i = range.begin; i < range.end; ++i)
    out.push_back(word_analysis_parts_.below(i, analyses()));
  return out;
}

std::uint32_t CoreFile::value(Attribute attribute, std::size_t item) const {
  const Definition& row = attributes::definition(attribute);
  switch (row.column) {
    case Column::analysis:
      return column(attribute).below(analysis_of(item), all_numbers);
    case Column::word_analysis:
      return column(attribute).below(word_analysis_of(item), all_numbers);
    case Column::implied:
      if (row.level == attributes::Level::region) return regions(row.region).number(item) + 1;
      return static_cast<std::uint32_t>(item - words_of(verse_of(item)).begin) + 2;
    default:
      // A table that was not imported gives no column.
      return column(attribute).size() == 0 ? 0 : column(attribute).below(item, all_numbers);
  }
}

std::uint32_t CoreFile::values(Attribute attribute) const {
  const Definition& row = attributes::definition(attribute);
  if (row.type == Type::enumerated) return static_cast<std::uint32_t>(row.values.size());
  if (row.type == Type::dictionary) return static_cast<std::uint32_t>(dictionary(attribute).size());
  const std::size_t counted = of(attribute).counts.size() / numbers_of_counts;
  // The first two are of any value and of a missing one.
  return static_cast<std::uint32_t>(counted < 2 ? 0 : counted - 2);
}

std::string_view CoreFile::word_form(std::size_t word) const {
  const std::uint32_t form = value(Attribute::word, word);
  return form == 0 ? std::string_view() : dictionary(Attribute::word).text(form);
}

std::string CoreFile::text(Attribute attribute, std::uint32_t value) const {
  if (value == 0) return {};
  const Definition& row = attributes::definition(attribute);
  switch (row.type) {
    case Type::dictionary:
      return std::string(dictionary(attribute).text(value));
    case Type::enumerated:
      if (value > row.values.size()) damaged("a value does not exist");
      return std::string(row.values[value - 1].name);
    case Type::flag:
      return value == 2 ? "yes" : "no";
    case Type::number:
      break;
  }
  return fmt::format("{}", value - 1);
}

std::optional<std::uint32_t> CoreFile::find(Attribute attribute, std::string_view text) const {
  const Definition& row = attributes::definition(attribute);
  switch (row.type) {
    case Type::dictionary:
      return dictionary(attribute).find(text);
    case Type::enumerated: {
      const auto it = std::ranges::find(row.values, text, &attributes::Value::name);
      if (it == row.values.end()) return std::nullopt;
      return static_cast<std::uint32_t>(it - row.values.begin()) + 1;
    }
    case Type::flag:
      return text == "yes" ? std::optional(2u) : text == "no" ? std::optional(1u) : std::nullopt;
    case Type::number:
      break;
  }
  const auto number = numbers::parse<std::uint32_t>(text, {.max = all_numbers - 1});
  if (!number) return std::nullopt;
  return *number + 1;
}

Counts CoreFile::counts_at(Attribute attribute, std::size_t place) const {
  const Numbers& all = of(attribute).counts;
  const std::size_t at = place * numbers_of_counts;
  if (at >= all.size()) return {};
  return {all.below(at, all_numbers), all.below(at + 1, all_numbers), all.below(at + 2, all_numbers),
          all.below(at + 3, all_numbers)};
}

Counts CoreFile::counts(Attribute attribute, std::uint32_t value) const {
  return counts_at(attribute, std::size_t{value} + 1);
}

Counts CoreFile::counts_of_any(Attribute attribute) const { return counts_at(attribute, 0); }

Postings CoreFile::postings(Attribute attribute, std::uint32_t value) const {
  const OfAttribute& of = this->of(attribute);
  if (value == 0 || value > of.posting_ends.size()) return {};
  const Range range = range_in(of.posting_ends, value - 1, of.postings.size());
  return Postings(of.postings.substr(range.begin, range.size()), words());
}

std::vector<std::uint32_t> CoreFile::holders(Attribute attribute, std::uint32_t value) const {
  const OfAttribute& of = this->of(attribute);
  std::vector<std::uint32_t> out;
  if (value == 0 || value > of.holder_ends.size()) return out;
  const Range range = range_in(of.holder_ends, value - 1, of.holders.size());
  for (std::size_t i = range.begin; i < range.end; ++i) out.push_back(of.holders.below(i, of.column.size()));
  return out;
}

std::vector<std::string> CoreFile::problems() const {
  std::vector<std::string> out;
  for (const SectionKey& changed : file_.changed()) {
    out.push_back(fmt::format("index: section {}.{} of the core file was changed",
                              static_cast<int>(changed.part), changed.of));
  }
  return out;
}

}  // namespace kalima::columns
