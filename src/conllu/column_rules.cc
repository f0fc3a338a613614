#include "conllu/column_rules.h"

#include <algorithm>

#include "conllu/labels.h"
#include "corpus/features.h"
#include "support/numbers.h"
#include "support/utf8.h"
#include "text/buckwalter.h"

namespace kalima::conllu {
namespace {

constexpr std::string_view none = "_";
constexpr std::size_t max_rows_back = 64;

std::string text_or_none(std::string_view text) { return std::string(text.empty() ? none : text); }

// The number in `cell` plus one, or "_".
std::string next(std::string_view cell) {
  const auto value = number_of(cell);
  return value ? std::to_string(*value + 1) : std::string(none);
}

std::string counted(const RowView& row, std::string_view column, std::string_view first) {
  return row.has_before() ? next(row.before(column)) : std::string(first);
}

// Surah or ayah of the node; for a hidden node that of the node before it in the sentence, else of the node
// after it.
std::string verse_number(const RowView& row, std::string_view column,
                         std::int64_t corpus::SegmentPlace::*part) {
  const SentenceRows& rows = row.sentence();
  if (const auto& place = row.facts().place) return std::to_string((*place).*part);
  if (row.row() > 0) return std::string(row.before(column));
  for (const RowFacts& facts : rows.facts) {
    if (facts.place) return std::to_string((*facts.place).*part);
  }
  return std::string(none);
}

std::string sentence_id(const RowView& row) {
  if (!row.has_before()) return "1";
  return row.row() > 0 ? std::string(row.before("sentence_id")) : next(row.before("sentence_id"));
}

std::string token_id(const RowView& row) {
  const bool goes_on = row.row() > 0 && row.cell("sentence_id") == row.before("sentence_id");
  return goes_on ? next(row.before("token_id")) : "0";
}

// The number of the word in the sentence; hidden nodes have 0.
std::string sentence_word(const RowView& row) {
  const SentenceRows& rows = row.sentence();
  const auto& place = row.facts().place;
  if (!place) return "0";
  for (std::size_t i = row.row(), back = 0; i-- > 0 && back < max_rows_back; ++back) {
    if (row.cell_of(i, "sentence_id") != row.cell("sentence_id")) break;
    const auto& other = rows.facts[i].place;
    if (!other) continue;
    const bool same_word = other->word == place->word && other->ayah == place->ayah;
    const std::string_view number = row.cell_of(i, "sentence_word");
    return same_word ? std::string(number) : next(number);
  }
  return "1";
}

// Letter by letter; anything but an Arabic letter is copied.
std::string to_buckwalter(std::string_view arabic) {
  std::string out;
  for (std::size_t at = 0; at < arabic.size();) {
    const std::size_t start = at;
    if (const auto letter = text::buckwalter_letter(utf8::decode(arabic, at))) {
      out += *letter;
    } else {
      out += arabic.substr(start, at - start);
    }
  }
  return out;
}

// For a missing value the treebank writes "_", which in Buckwalter is a tatweel.
std::string to_arabic(std::string_view buckwalter) {
  return text::arabic_from_buckwalter(buckwalter).value_or(std::string(none));
}

template <typename Value>
std::string written(const std::optional<Value>& value) {
  return value ? corpus::written(*value) : std::string(none);
}

std::string derived_noun(const RowView& row) {
  const auto derivation = row.features().derivation;
  if (!derivation) return std::string(none);
  switch (*derivation) {
    case corpus::Derivation::active_participle:
      return "ACT_PCPL";
    case corpus::Derivation::passive_participle:
      return "PASS_PCPL";
    case corpus::Derivation::verbal_noun:
      return "VN";
  }
  return std::string(none);
}

bool is_pronoun(const corpus::Features& read) { return read.clitic == corpus::Clitic::attached_pronoun; }

std::string person_gender_number(const RowView& row) {
  const corpus::Features& read = row.features();
  if (is_pronoun(read)) return std::string(none);
  std::string out;
  if (read.person) out += corpus::written(*read.person);
  if (read.gender) out += corpus::written(*read.gender);
  if (read.number) out += corpus::written(*read.number);
  return text_or_none(out);
}

std::string clitic(const RowView& row, corpus::SegmentType type) {
  const corpus::Features& read = row.features();
  if (read.type != type || !read.clitic) return std::string(none);
  if (is_pronoun(read)) return "PRON";
  if (read.clitic == corpus::Clitic::emphatic_nun) return "EMPH:n";
  if (read.clitic == corpus::Clitic::vocative_ending) return "VOC:m";
  return written(read.clitic);
}

// "PREFIX", "STEM" or "SUFFIX"; hidden nodes are stems.
std::string segment_type(const RowView& row) {
  const std::string_view text = row.cell("features");
  return std::string(text == none ? "STEM" : text.substr(0, text.find('|')));
}

// Nodes without a phrase have "_" or "-", usually the same throughout a sentence.
std::string phrase_label(const RowView& row) {
  for (std::size_t i = row.row(), back = 0; i-- > 0 && back < max_rows_back; ++back) {
    const std::string_view label = row.cell_of(i, "constituent_label");
    if (label == none || label == "-") return std::string(label);
  }
  return std::string(none);
}

using View = const RowView&;

constexpr ColumnRule first[] = {
    {"tid", [](View r) { return counted(r, "tid", "0"); }},
    {"FID", [](View r) { return counted(r, "FID", "1"); }},
    {"sentence_id", sentence_id},
    {"token_id", token_id},
    {"location",
     [](View r) { return r.facts().place ? corpus::to_location(*r.facts().place) : std::string(none); }},
    {"chapter_id", [](View r) { return verse_number(r, "chapter_id", &corpus::SegmentPlace::surah); }},
    {"verse_id", [](View r) { return verse_number(r, "verse_id", &corpus::SegmentPlace::ayah); }},
    {"word_id", [](View r) { return std::to_string(r.facts().place ? r.facts().place->word : 0); }},
    {"tok_id", [](View r) { return std::to_string(r.facts().place ? r.facts().place->segment : 1); }},
    {"sentence_word", sentence_word},
    {"uthmani_token", [](View r) { return text_or_none(r.facts().form); }},
    {"uthmani_unicode", [](View r) { return to_buckwalter(r.cell("uthmani_token")); }},
    {"imlaai_token", [](View r) { return std::string(r.cell("uthmani_token")); }},
    {"imlaai_unicode", [](View r) { return to_buckwalter(r.cell("imlaai_token")); }},
    {"phonetic", [](View) { return std::string(none); }, "Translit"},
    {"trans", [](View) { return std::string(none); }, "Gloss"},
    {"pos", [](View r) { return text_or_none(r.facts().xpos); }},
    {"pos_ar", [](View r) { return text_or_none(arabic_of_tag(r.cell("pos"))); }},
    {"features", [](View r) { return text_or_none(r.facts().features.value_or("")); }},
    {"segment", segment_type},
    {"lemma", [](View r) { return std::string(r.features().lemma.value_or(none)); }},
    {"lemma_ar", [](View r) { return to_arabic(r.cell("lemma")); }},
    {"root", [](View r) { return std::string(r.features().root.value_or(none)); }},
    {"root_ar", [](View r) { return to_arabic(r.cell("root")); }},
    {"verb_form", [](View r) { return written(r.features().verb_form); }},
    {"prefix", [](View r) { return clitic(r, corpus::SegmentType::prefix); }},
    {"suffix", [](View r) { return clitic(r, corpus::SegmentType::suffix); }},
    {"verb_aspect", [](View r) { return written(r.features().aspect); }},
    {"nominal_state", [](View r) { return written(r.features().state); }},
    {"verb_mood", [](View r) { return written(r.features().mood); }},
    {"special_group", [](View r) { return written(r.features().special_group); }},
    {"nominal_case", [](View r) { return written(r.features().grammatical_case); }},
    {"derived_nouns", derived_noun},
    {"verb_voice", [](View r) { return written(r.features().voice); }},
    {"pgn", person_gender_number},
    {"person", [](View r) { return written(r.features().person); }},
    {"gender", [](View r) { return written(r.features().gender); }},
    {"number", [](View r) { return written(r.features().number); }},
    {"rel_label", [](View r) { return text_or_none(r.facts().deprel); }, "Rel", true},
    {"rel_label_ar", [](View r) { return text_or_none(arabic_of_relation(r.cell("rel_label"))); }},
    {"constituents_loc", [](View) { return std::string(none); }},
    {"constituent_label", phrase_label},
    {"constituent_label_en", [](View r) { return std::string(r.cell("constituent_label")); }},
    {"head_rel", [](View) { return std::string("0"); }},
};

}  // namespace

std::optional<std::int64_t> number_of(std::string_view cell) {
  return numbers::parse<std::int64_t>(cell, {.min = 0, .max = 1'000'000'000});
}

std::string_view RowView::cell_of(std::size_t row, std::string_view column) const {
  const auto place = columns_.place(column);
  if (!place || row >= rows_.cells.size()) return none;
  return rows_.cells[row][*place];
}

std::string_view RowView::before(std::string_view column) const {
  if (row_ > 0) return cell_of(row_ - 1, column);
  const auto place = columns_.place(column);
  return place && !rows_.before.empty() ? std::string_view(rows_.before[*place]) : none;
}

const corpus::Features& RowView::features() const {
  if (!features_) {
    const std::string_view text = cell("features");
    features_ = text == none ? corpus::Features{} : corpus::read_features(text);
  }
  return *features_;
}

std::span<const ColumnRule> first_rules() { return first; }

}  // namespace kalima::conllu
