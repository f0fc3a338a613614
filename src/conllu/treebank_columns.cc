#include "conllu/treebank_columns.h"

#include <algorithm>

#include "conllu/attributes.h"
#include "conllu/column_rules.h"
#include "conllu/escape.h"

namespace kalima::conllu {
namespace {

constexpr std::string_view names[] = {"tid",
                                      "FID",
                                      "sentence_id",
                                      "sentence_word",
                                      "token_id",
                                      "location",
                                      "chapter_id",
                                      "verse_id",
                                      "word_id",
                                      "tok_id",
                                      "uthmani_token",
                                      "uthmani_unicode",
                                      "imlaai_token",
                                      "imlaai_unicode",
                                      "phonetic",
                                      "trans",
                                      "pos",
                                      "pos_ar",
                                      "re_uthmani",
                                      "rpos",
                                      "features",
                                      "segment",
                                      "lemma",
                                      "lemma_ar",
                                      "root",
                                      "root_ar",
                                      "verb_form",
                                      "prefix",
                                      "suffix",
                                      "verb_aspect",
                                      "nominal_state",
                                      "verb_mood",
                                      "special_group",
                                      "nominal_case",
                                      "derived_nouns",
                                      "verb_voice",
                                      "pgn",
                                      "person",
                                      "gender",
                                      "number",
                                      "rel_label",
                                      "rel_label_ar",
                                      "ref_token_id",
                                      "is_constituent",
                                      "constituents_loc",
                                      "constituents",
                                      "constituent_label",
                                      "constituent_label_en",
                                      "loc1",
                                      "depend_rel",
                                      "head_rel"};

bool is_node(const Line& line) { return line.kind != Line::Kind::range; }

std::optional<corpus::SegmentPlace> place_of(const Line& line) {
  const std::string* ref = line.attribute(attribute::place);
  if (ref == nullptr) return std::nullopt;
  const auto place = corpus::place_from_numbers(*ref);
  if (!place) fail(line.at, "Ref=" + *ref + " is not a location; expected SURAH:AYAH:WORD:SEGMENT");
  return place;
}

// The head that the enhanced graph gives a node; the last one if there are several, because a root edge that
// only completes the graph comes before the node's own. In another program's file the basic tree is the analysis.
NodeId head_of(const Line& line, Origin origin) {
  const bool own = origin == Origin::here || line.attribute(attribute::relation) != nullptr || !line.head;
  if (own && !line.deps.empty()) return line.deps.back().head;
  return {line.head.value_or(0), 0};
}

}  // namespace

std::span<const std::string_view> treebank_column_names() { return names; }

std::vector<RowFacts> facts_of(const Sentence& sentence, Origin origin, const Places& places) {
  std::vector<RowFacts> facts;
  std::vector<NodeId> ids;  // ascending
  for (const Line& line : sentence.lines) {
    if (is_node(line)) ids.push_back(line.id);
  }
  for (const Line& line : sentence.lines) {
    if (!is_node(line)) continue;
    RowFacts row;
    if (line.kind == Line::Kind::word) {
      const auto counted = places.find(line.id.word);
      row.place = counted == places.end() ? place_of(line) : counted->second;
    }
    row.form = line.form;
    row.xpos = line.xpos;
    row.deprel = line.deprel.empty() && !line.deps.empty() ? line.deps.back().relation : line.deprel;
    row.features = read_attribute(line, attribute::features);
    const NodeId named = head_of(line, origin);
    const auto head = std::lower_bound(ids.begin(), ids.end(), named);
    if (head != ids.end() && *head == named) row.head = static_cast<std::size_t>(head - ids.begin());
    facts.push_back(std::move(row));
  }
  return facts;
}

TreebankColumns::TreebankColumns(std::vector<std::string> columns) : columns_(std::move(columns)) {
  std::vector<bool> ruled(columns_.size());
  const auto add = [&](std::span<const ColumnRule> rules, std::vector<Step>& steps) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const auto at = std::find(columns_.begin(), columns_.end(), rules[i].column);
      if (at == columns_.end()) continue;
      const auto column = static_cast<std::size_t>(at - columns_.begin());
      ruled[column] = true;
      places_.emplace(columns_[column], column);
      const std::string_view name = rules[i].attribute.empty() ? rules[i].column : rules[i].attribute;
      steps.push_back({column, &rules[i], std::string(name), rules[i].always});
    }
  };
  add(first_rules(), first_);
  add(second_rules(), second_);
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (!ruled[column]) first_.push_back({column, nullptr, "tb." + escaped_name(columns_[column]), false});
  }
}

std::optional<std::size_t> TreebankColumns::place(std::string_view name) const {
  const auto it = places_.find(name);
  return it == places_.end() ? std::nullopt : std::optional(it->second);
}

template <typename Visit>
void TreebankColumns::each_cell(const SentenceRows& rows, Visit visit) const {
  for (const std::vector<Step>* phase : {&first_, &second_}) {
    for (std::size_t row = 0; row < rows.facts.size(); ++row) {
      const RowView view(*this, rows, row);
      for (const Step& step : *phase) {
        visit(row, step, [&] { return step.rule == nullptr ? std::string("_") : step.rule->expected(view); });
      }
    }
  }
}

void TreebankColumns::add_attributes(const SentenceRows& rows, Sentence& sentence) const {
  std::vector<Line*> lines;
  for (Line& line : sentence.lines) {
    if (is_node(line)) lines.push_back(&line);
  }
  each_cell(rows, [&](std::size_t row, const Step& step, auto expected) {
    const std::string& cell = rows.cells[row][step.column];
    if (step.always || cell != expected()) lines[row]->misc.emplace_back(step.attribute, escaped(cell));
  });
}

void TreebankColumns::fill_cells(const Sentence& sentence, SentenceRows& rows) const {
  std::vector<const Line*> lines;
  for (const Line& line : sentence.lines) {
    if (is_node(line)) lines.push_back(&line);
  }
  rows.cells.assign(rows.facts.size(), std::vector<std::string>(columns_.size()));
  each_cell(rows, [&](std::size_t row, const Step& step, auto expected) {
    const bool written = lines[row]->attribute(step.attribute) != nullptr;
    rows.cells[row][step.column] =
        written ? read_attribute(*lines[row], step.attribute).value_or("_") : expected();
  });
}

}  // namespace kalima::conllu
