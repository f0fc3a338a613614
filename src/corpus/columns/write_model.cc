#include "corpus/columns/write_model.h"

#include <algorithm>

#include "corpus/columns/counts.h"
#include "corpus/columns/file.h"
#include "corpus/columns/postings.h"

namespace kalima::columns {
namespace {

using attributes::Column;
using attributes::Definition;
using attributes::Level;

SectionKey of(Part part, const Definition& row) { return {part, static_cast<std::uint16_t>(row.attribute)}; }

// Texts or lists in a row, and where each ends.
class Rows {
 public:
  void add(std::string_view bytes) {
    bytes_ += bytes;
    ends_.push_back(bytes_.size());
  }
  void write(FileWriter& file, SectionKey bytes, SectionKey ends) const {
    file.add_bytes(bytes, bytes_);
    file.add_numbers(ends, std::span<const std::uint64_t>(ends_));
  }

 private:
  std::string bytes_;
  std::vector<std::uint64_t> ends_;
};

void write_dictionary(const Model& model, const Definition& row, FileWriter& file) {
  Rows rows;
  for (const std::string& text : model.texts[static_cast<std::size_t>(row.attribute)]) rows.add(text);
  rows.write(file, of(Part::dictionary, row), of(Part::dictionary_ends, row));
}

void write_holders(const Values& column, const Definition& row, FileWriter& file) {
  Values all, ends;
  for (const Values& those : holders(column)) {
    all.insert(all.end(), those.begin(), those.end());
    ends.push_back(static_cast<std::uint32_t>(all.size()));
  }
  file.add_numbers(of(Part::holders, row), all);
  file.add_numbers(of(Part::holder_ends, row), ends);
}

void write_attribute(const Model& model, const Definition& row, FileWriter& file) {
  const Values& column = model.column(row.attribute);
  if (row.type == attributes::Type::dictionary) write_dictionary(model, row, file);
  if (row.column != Column::implied) file.add_numbers(of(Part::column, row), column);
  if (row.column == Column::analysis || row.column == Column::word_analysis) write_holders(column, row, file);
  const Occurrences found = occurrences(model, row.attribute);
  Values counts;
  const auto add = [&](const Counts& one) {
    counts.insert(counts.end(), {one.items, one.segments, one.words, one.verses});
  };
  add(found.any);
  std::ranges::for_each(found.counts, add);
  file.add_numbers(of(Part::counts, row), counts);
  if (row.level != Level::segment && row.level != Level::word) return;
  Rows postings;
  for (const Values& words : found.words) postings.add(encode_postings(words, model.words()));
  postings.write(file, of(Part::postings, row), of(Part::posting_ends, row));
}

void write_structure(const Model& model, FileWriter& file) {
  const auto add = [&](Part part, const Values& values) { file.add_numbers({part}, values); };
  add(Part::segment_analysis, model.segment_analysis);
  add(Part::segment_word, model.segment_word);
  add(Part::word_end, model.word_end);
  add(Part::word_verse, model.word_verse);
  add(Part::word_analysis, model.word_analysis);
  add(Part::word_analysis_end, model.word_analysis_end);
  add(Part::word_analysis_parts, model.word_analysis_parts);
  add(Part::verse_end, model.verse_end);
  add(Part::verse_surah, model.verse_surah);
  add(Part::verse_ayah, model.verse_ayah);
  file.add_bytes({Part::verse_text}, model.verse_text);
  file.add_numbers({Part::verse_text_end}, std::span<const std::uint64_t>(model.verse_text_end));
  add(Part::word_from, model.word_from);
  add(Part::word_to, model.word_to);
  for (std::uint16_t region = 0; region < model.regions.size(); ++region) {
    const Model::Regions& regions = model.regions[region];
    if (region == static_cast<std::uint16_t>(attributes::Region::word)) continue;
    file.add_numbers({Part::region_begin, region}, regions.begin);
    file.add_numbers({Part::region_end, region}, regions.end);
    file.add_numbers({Part::region_number, region}, regions.number);
  }
}

void write_trees(const Model& model, FileWriter& file) {
  const auto add = [&](Part part, const Values& values) { file.add_numbers({part}, values); };
  add(Part::node_segment, model.node_segment);
  add(Part::node_analysis, model.node_analysis);
  add(Part::node_head, model.node_head);
  add(Part::node_verse, model.node_verse);
  add(Part::node_order, model.node_order);
  add(Part::node_last, model.node_last);
  add(Part::node_cycle, model.node_cycle);
  add(Part::node_flags, model.node_flags);
  add(Part::sentence_end, model.sentence_end);
  add(Part::child_end, model.child_end);
  add(Part::children, model.children);
  add(Part::phrase_node, model.phrase_node);
  add(Part::phrase_first, model.phrase_first);
  add(Part::phrase_last, model.phrase_last);
}

}  // namespace

void write_model(const Model& model, const std::filesystem::path& path) {
  FileWriter file(path, attributes::table_hash(), model.identity);
  write_structure(model, file);
  write_trees(model, file);
  for (const Definition& row : attributes::table) write_attribute(model, row, file);
  file.finish();
}

}  // namespace kalima::columns
