#include "exporters/conllu_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "conllu/attributes.h"
#include "conllu/escape.h"
#include "conllu/feats.h"
#include "conllu/labels.h"
#include "conllu/segment_rules.h"
#include "corpus/word_places.h"

namespace kalima::exporters {
namespace {

using conllu::escaped;
namespace attribute = conllu::attribute;

void add(conllu::Line& line, std::string_view name, std::string value) {
  line.misc.emplace_back(std::string(name), std::move(value));
}

corpus::SegmentPlace place_of(const corpus::Verse& verse, const Unit& unit) {
  return {verse.surah, verse.ayah, unit.has_word ? static_cast<std::int64_t>(unit.word) + 1 : 0,
          unit.has_segment ? static_cast<std::int64_t>(unit.segment) + 1 : 0};
}

bool has_article(const corpus::Word& word) {
  return std::any_of(word.segments.begin(), word.segments.end(),
                     [](const corpus::Segment& segment) { return segment.pos == "DET"; });
}

}  // namespace

std::vector<std::string> surface_forms(const corpus::Verse& verse) {
  std::vector<std::string> forms;
  for (const auto& form : corpus::word_forms(verse, corpus::word_places(verse)))
    forms.push_back(form.value_or(""));
  return forms;
}

void add_word(const corpus::Verse& verse, const Unit& unit, const std::string& form, conllu::Line& line) {
  line.form = conllu::as_form(form);
  add(line, attribute::place,
      corpus::to_numbers({verse.surah, verse.ayah, static_cast<std::int64_t>(unit.word) + 1, 0}));
  const corpus::Word& word = verse.words[unit.word];
  if (word.form != line.form) add(line, attribute::word_form, conllu::escaped_or_none(word.form));
  if (word.id != static_cast<std::int64_t>(unit.word) + 1)
    add(line, attribute::word_id, std::to_string(word.id));
}

void add_segment(const corpus::Verse& verse, const Unit& unit, const std::string& form,
                 const store::Lemmas& lemmas, conllu::Line& line) {
  const corpus::Word& word = verse.words[unit.word];
  const corpus::Segment& segment = word.segments[unit.segment];
  if (word.segments.size() == 1) {
    line.misc.front().second = corpus::to_numbers(place_of(verse, unit));
  } else {
    line.form = conllu::as_form(segment.form.value_or(form));
    add(line, attribute::place, corpus::to_numbers(place_of(verse, unit)));
  }
  line.xpos = conllu::as_column(segment.pos.value_or(""));
  if (segment.lemma) line.lemma = conllu::as_column(lemmas.as_written(segment));
  line.upos = conllu::upos_of(segment.pos.value_or(""));
  line.feats = conllu::feats_of(segment.features.value_or(""), segment.pos.value_or(""), has_article(word));

  if (segment.root) add(line, attribute::root, escaped(*segment.root));
  if (segment.lemma) add(line, attribute::lemma, escaped(*segment.lemma));
  if (segment.features) add(line, attribute::features, escaped(*segment.features));
  if (segment.type != conllu::expected_type(segment.features))
    add(line, attribute::type, conllu::escaped_or_none(segment.type));
  if (segment.pos != conllu::expected_tag(line))
    add(line, attribute::tag, conllu::escaped_or_none(segment.pos));
  if (segment.id != conllu::expected_id(word.id, unit.segment))
    add(line, attribute::segment_id, escaped(segment.id));
  if (segment.form) add(line, attribute::segment_form, escaped(*segment.form));
}

void add_word_frame(const Frames& frames, const Unit& unit, conllu::Line& line) {
  const auto verse = frames.find(unit.verse);
  if (verse == frames.end()) return;
  const auto frame = verse->second.words.find(unit.word);
  if (frame == verse->second.words.end()) return;
  add(line, api::legacy::word_frame_name, escaped(json::ordered(frame->second)));
}

void add_segment_frame(const Frames& frames, const Unit& unit, conllu::Line& line) {
  const auto verse = frames.find(unit.verse);
  if (verse == frames.end()) return;
  const auto frame = verse->second.segments.find({unit.word, unit.segment});
  if (frame == verse->second.segments.end()) return;
  add(line, api::legacy::segment_frame_name, escaped(json::ordered(frame->second)));
}

}  // namespace kalima::exporters
