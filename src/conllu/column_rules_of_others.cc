// The rules of columns that describe other rows: the head's, or those of a phrase.
#include "conllu/column_rules.h"

namespace kalima::conllu {
namespace {

constexpr std::string_view none = "_";
constexpr std::size_t longest_phrase = 500;  // rows

std::string head_token(const RowView& row) {
  const std::string_view relation = row.cell("rel_label");
  const auto& head = row.facts().head;
  const bool itself = relation == "NonRel" || relation == "root" || !head;
  return std::string(itself ? row.cell("token_id") : row.cell_of(*head, "token_id"));
}

bool depends(const RowView& row) { return row.cell("ref_token_id") != row.cell("token_id"); }

std::string of_head(const RowView& row, std::string_view column) {
  const auto& head = row.facts().head;
  return std::string(depends(row) && head ? row.cell_of(*head, column) : none);
}

std::string is_phrase(const RowView& row) {
  if (!depends(row)) return "-1";
  return row.cell("constituents_loc") == none ? "0" : "1";
}

// The rows [begin, end) of "[F-L]", in a sentence with consecutive token_ids; empty if there is no such
// phrase.
std::pair<std::size_t, std::size_t> phrase_rows(const RowView& row) {
  const std::string_view text = row.cell("constituents_loc");
  const std::size_t dash = text.find('-');
  if (!text.starts_with('[') || !text.ends_with(']') || dash == std::string_view::npos) return {0, 0};
  const auto first = number_of(text.substr(1, dash - 1)),
             last = number_of(text.substr(dash + 1, text.size() - dash - 2));
  const auto own = number_of(row.cell("token_id"));
  if (!first || !last || !own || *first > *own || *last < *own) return {0, 0};
  const auto before = static_cast<std::size_t>(*own - *first), after = static_cast<std::size_t>(*last - *own);
  if (before > row.row() || row.row() + after >= row.sentence().facts.size()) return {0, 0};
  if (before + after >= longest_phrase) return {0, 0};
  return {row.row() - before, row.row() + after + 1};
}

// The forms of the phrase; segments of a word are written together.
std::string phrase_text(const RowView& row) {
  const auto [begin, end] = phrase_rows(row);
  const SentenceRows& rows = row.sentence();
  std::string out;
  for (std::size_t i = begin; i < end; ++i) {
    const auto& place = rows.facts[i].place;
    const auto& before = i > begin ? rows.facts[i - 1].place : place;
    const bool same_word = place && before && place->word == before->word && place->ayah == before->ayah;
    if (i > begin && !same_word) out += ' ';
    out += row.cell_of(i, "uthmani_token");
  }
  return out.empty() ? std::string(none) : out;
}

std::string phrase_end(const RowView& row) {
  const auto [begin, end] = phrase_rows(row);
  return std::string(begin < end ? row.cell_of(end - 1, "token_id") : none);
}

using View = const RowView&;

constexpr ColumnRule second[] = {
    {"ref_token_id", head_token},
    {"re_uthmani", [](View r) { return of_head(r, "uthmani_token"); }},
    {"rpos", [](View r) { return of_head(r, "pos_ar"); }},
    {"is_constituent", is_phrase},
    {"depend_rel", [](View r) { return std::string(r.cell("is_constituent")); }},
    {"constituents", phrase_text},
    {"loc1", phrase_end},
};

}  // namespace

std::span<const ColumnRule> second_rules() { return second; }

}  // namespace kalima::conllu
