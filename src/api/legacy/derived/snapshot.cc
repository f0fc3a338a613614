#include "api/legacy/derived/snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace kalima::api::legacy {
namespace {

void require(bool holds, const char* what) {
  if (!holds) throw Error(ErrorCode::bad_input, fmt::format("the index file is damaged ({})", what));
}

}  // namespace

std::uint64_t letters_of(std::string_view text) {
  std::uint64_t letters = 0;
  for (const char c : text) letters |= std::uint64_t{1} << (static_cast<unsigned char>(c) % 64);
  return letters;
}

Snapshot::Snapshot(files::Mapped file)
    : file_(std::move(file), snapshot_kind),
      verses_(file_.values<VerseRow>(section_verses)),
      words_(file_.values<WordRow>(section_words)),
      segments_(file_.values<std::uint32_t>(section_segments)),
      kinds_(file_.values<KindRow>(section_kinds)),
      readings_(file_.values<ReadingRow>(section_readings)),
      strings_(file_.values<std::uint32_t>(section_string_offsets), file_.bytes(section_string_bytes)),
      texts_(file_.bytes(section_texts)),
      lower_texts_(file_.bytes(section_lower_texts)),
      json_(file_.bytes(section_json)),
      by_reference_(file_.values<std::uint32_t>(section_by_reference)),
      morph_patterns_(file_.values<PatternRow>(section_morph_patterns)),
      syntax_patterns_(file_.values<PatternRow>(section_syntax_patterns)),
      vocabulary_offsets_(file_.values<std::uint32_t>(section_vocabulary_offsets)),
      vocabulary_(file_.text(section_vocabulary)),
      vocabulary_letters_(file_.values<std::uint64_t>(section_vocabulary_letters)),
      vocabulary_uses_(file_.values<std::uint32_t>(section_vocabulary_uses)),
      verse_vocabulary_(file_.values<std::uint32_t>(section_verse_vocabulary)),
      masaq_combinations_(file_.values<MasaqCombination>(section_masaq_combinations)),
      relations_(file_.values<RelationRow>(section_relations)),
      lists_(file_.values<std::uint32_t>(section_list_offsets), file_.bytes(section_list_bytes)),
      treebank_(file_, section_treebank),
      masaq_(file_, section_masaq) {
  check();
  const auto revision = file_.values<std::int64_t>(section_revision);
  require(revision.size() == 2, "revision");
  revision_ = revision[0];
  revision_mark_ = revision[1];
  in_reference_order_ = std::is_sorted(by_reference_.begin(), by_reference_.end());
}

// What can be seen without reading the rows.
void Snapshot::check() const {
  require(!verses_.empty() && !words_.empty() && !vocabulary_offsets_.empty(), "no verses");
  const VerseRow last = verses_.back();
  require(last.first_word == word_count() && last.first_segment == segments_.size(), "words of verses");
  require(words_.back().first_segment == segments_.size(), "segments of words");
  require(last.text_begin == texts_.size() && last.lower_begin == lower_texts_.size(), "texts of verses");
  require(last.json_begin == json_.size() && last.vocabulary_begin == verse_vocabulary_.size(),
          "JSON of verses");
  require(by_reference_.size() == verse_count(), "references");
  require(vocabulary_offsets_.back() == vocabulary_.size() &&
              vocabulary_letters_.size() == vocabulary_size() && vocabulary_uses_.size() == vocabulary_size(),
          "vocabulary");
  require(lists_.size() == list_count, "lists");
}

std::string_view Snapshot::text(std::size_t v) const {
  return part_of(texts_, verse(v).text_begin, verse(v + 1).text_begin);
}

std::string_view Snapshot::lower_text(std::size_t v) const {
  return part_of(lower_texts_, verse(v).lower_begin, verse(v + 1).lower_begin);
}

std::string_view Snapshot::json_run(std::size_t from, std::size_t to) const {
  const std::string_view run = part_of(json_, verse(from).json_begin, verse(to).json_begin);
  if (run.empty()) damaged_index("a verse is missing");
  return run;
}

std::string_view Snapshot::json(std::size_t v) const {
  std::string_view with_comma = json_run(v, v + 1);
  with_comma.remove_suffix(1);
  return with_comma;
}

std::u32string_view Snapshot::vocabulary(std::size_t entry) const {
  return part_of(vocabulary_, vocabulary_offsets_[entry], vocabulary_offsets_[entry + 1]);
}

Rows<std::uint32_t> Snapshot::verse_vocabulary(std::size_t v) const {
  return verse_vocabulary_.part(verse(v).vocabulary_begin, verse(v + 1).vocabulary_begin);
}

std::optional<std::size_t> Snapshot::find_verse(std::uint64_t surah, std::uint64_t ayah) const {
  const auto reference = [&](std::size_t place) {
    const VerseRow row = verse(by_reference_[place]);
    return std::tuple<std::uint64_t, std::uint64_t>(row.surah, row.ayah);
  };
  const auto wanted = std::tuple(surah, ayah);
  const std::size_t place = first_not(verse_count(), [&](std::size_t at) { return reference(at) < wanted; });
  if (place == verse_count() || reference(place) != wanted) return std::nullopt;
  return below(by_reference_[place], verse_count());
}

std::optional<std::size_t> find_pattern(const Rows<PatternRow>& patterns, const StringList& strings,
                                        std::string_view id) {
  const std::size_t place =
      first_not(patterns.size(), [&](std::size_t at) { return strings[patterns[at].id] < id; });
  if (place == patterns.size() || strings[patterns[place].id] != id) return std::nullopt;
  return place;
}

}  // namespace kalima::api::legacy
