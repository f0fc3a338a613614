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
      vocabulary_(file_.values<char32_t>(section_vocabulary)),
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

void Snapshot::check() const {
  require(!verses_.empty() && !words_.empty(), "no verses");
  const auto below = [](std::uint32_t id, std::size_t size) { return id < size; };
  const auto string_or_none = [&](StringId id) { return id == no_string || id < strings_.size(); };

  const VerseRow& last = verses_.back();
  require(verses_.front().first_word == 0 && verses_.front().first_segment == 0, "verses");
  require(last.first_word == word_count() && last.first_segment == segments_.size(), "words of verses");
  require(last.text_begin == texts_.size() && last.lower_begin == lower_texts_.size(), "texts of verses");
  require(last.json_begin == json_.size() && last.vocabulary_begin == verse_vocabulary_.size(),
          "JSON of verses");
  for (std::size_t v = 1; v < verses_.size(); ++v) {
    const VerseRow &a = verses_[v - 1], &b = verses_[v];
    require(a.first_word <= b.first_word && a.first_segment <= b.first_segment &&
                a.text_begin <= b.text_begin && a.lower_begin <= b.lower_begin &&
                a.json_begin < b.json_begin && a.vocabulary_begin <= b.vocabulary_begin,
            "order of verses");
    require(b.first_word <= word_count(), "words of verses");
    // A verse's words and segments are consecutive.
    require(words_[b.first_word].first_segment == b.first_segment, "segments of verses");
  }
  for (std::size_t w = 0; w < words_.size(); ++w) {
    require(string_or_none(words_[w].form), "word forms");
    require(w == 0 || words_[w - 1].first_segment <= words_[w].first_segment, "segments of words");
  }
  require(words_.back().first_segment == segments_.size(), "segments of words");
  for (const std::uint32_t kind : segments_) require(below(kind, kinds_.size()), "segments");
  for (const KindRow& k : kinds_) {
    for (const StringId id : {k.type, k.pos, k.root, k.lemma, k.features, k.lower_pos}) {
      require(string_or_none(id), "values");
    }
    require(below(k.haystack, strings_.size()), "values");
    require(k.pattern == no_row || below(k.pattern, morph_patterns_.size()), "patterns");
    require(k.reading == no_row || below(k.reading, readings_.size()), "readings");
  }
  for (const ReadingRow& r : readings_) {
    for (const StringId id : {r.verb_form, r.person, r.number, r.gender, r.voice, r.tense}) {
      require(string_or_none(id), "readings");
    }
  }
  for (const auto patterns : {morph_patterns_, syntax_patterns_}) {
    for (const PatternRow& p : patterns) {
      require(below(p.id, strings_.size()) && below(p.label, strings_.size()), "patterns");
    }
  }
  require(by_reference_.size() == verse_count(), "references");
  for (const std::uint32_t v : by_reference_) require(below(v, verse_count()), "references");
  require(!vocabulary_offsets_.empty() && vocabulary_offsets_.back() == vocabulary_.size() &&
              std::is_sorted(vocabulary_offsets_.begin(), vocabulary_offsets_.end()) &&
              vocabulary_letters_.size() == vocabulary_size() && vocabulary_uses_.size() == vocabulary_size(),
          "vocabulary");
  for (const std::uint32_t entry : verse_vocabulary_) require(below(entry, vocabulary_size()), "vocabulary");
  const auto cell_or_none = [&](StringId id, const RowTable& table) {
    return id == no_string || id < table.cell_count();
  };
  for (const MasaqCombination& c : masaq_combinations_) {
    require(cell_or_none(c.morph_tag, masaq_) && cell_or_none(c.syntactic_role, masaq_) &&
                cell_or_none(c.case_mood, masaq_),
            "MASAQ");
  }
  for (const RelationRow& r : relations_) require(below(r.label, treebank_.cell_count()), "relations");
  require(lists_.size() == list_count, "lists");
}

std::string_view Snapshot::text(std::size_t v) const {
  return texts_.substr(verses_[v].text_begin, verses_[v + 1].text_begin - verses_[v].text_begin);
}

std::string_view Snapshot::lower_text(std::size_t v) const {
  return lower_texts_.substr(verses_[v].lower_begin, verses_[v + 1].lower_begin - verses_[v].lower_begin);
}

std::string_view Snapshot::json_run(std::size_t from, std::size_t to) const {
  return json_.substr(verses_[from].json_begin, verses_[to].json_begin - verses_[from].json_begin);
}

std::string_view Snapshot::json(std::size_t v) const {
  std::string_view with_comma = json_run(v, v + 1);
  with_comma.remove_suffix(1);
  return with_comma;
}

std::u32string_view Snapshot::vocabulary(std::size_t entry) const {
  return {vocabulary_.data() + vocabulary_offsets_[entry],
          vocabulary_offsets_[entry + 1] - vocabulary_offsets_[entry]};
}

std::span<const std::uint32_t> Snapshot::verse_vocabulary(std::size_t v) const {
  return verse_vocabulary_.subspan(verses_[v].vocabulary_begin,
                                   verses_[v + 1].vocabulary_begin - verses_[v].vocabulary_begin);
}

std::optional<std::size_t> Snapshot::find_verse(std::uint64_t surah, std::uint64_t ayah) const {
  const auto key = std::tuple(surah, ayah);
  const auto it = std::lower_bound(
      by_reference_.begin(), by_reference_.end(), key, [&](std::uint32_t v, const auto& wanted) {
        return std::tuple<std::uint64_t, std::uint64_t>(verses_[v].surah, verses_[v].ayah) < wanted;
      });
  if (it == by_reference_.end()) return std::nullopt;
  if (verses_[*it].surah != surah || verses_[*it].ayah != ayah) return std::nullopt;
  return *it;
}

std::optional<std::size_t> find_pattern(std::span<const PatternRow> patterns, const StringList& strings,
                                        std::string_view id) {
  const auto it = std::lower_bound(
      patterns.begin(), patterns.end(), id,
      [&](const PatternRow& row, std::string_view wanted) { return strings[row.id] < wanted; });
  if (it == patterns.end() || strings[it->id] != id) return std::nullopt;
  return static_cast<std::size_t>(it - patterns.begin());
}

}  // namespace kalima::api::legacy
