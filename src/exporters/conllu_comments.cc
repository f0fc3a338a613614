#include "exporters/conllu_comments.h"

#include <fmt/format.h>

#include "conllu/attributes.h"
#include "conllu/escape.h"

namespace kalima::exporters {
namespace {

namespace comment = conllu::comment;

void put(conllu::Sentence& sentence, std::string name, std::string value) {
  sentence.comments.push_back({std::move(name), std::move(value), 0});
}

std::string reference(const corpus::Verse& verse) {
  return corpus::to_numbers({verse.surah, verse.ayah, 0, 0});
}

// The forms of the words in the sentence, separated by spaces.
std::string text_of(const conllu::Sentence& sentence) {
  std::string out;
  std::uint32_t in_range = 0;  // the last word of the previous range
  for (const conllu::Line& line : sentence.lines) {
    if (line.kind == conllu::Line::Kind::empty_node) continue;
    if (line.kind == conllu::Line::Kind::word && line.id.word <= in_range) continue;
    if (line.kind == conllu::Line::Kind::range) in_range = line.last;
    if (!out.empty()) out += ' ';
    out += line.form.empty() ? "_" : line.form;
  }
  return out;
}

std::string names_text(const std::vector<std::string>& columns) {
  std::string out;
  for (const std::string& name : columns) out += (out.empty() ? "" : " ") + conllu::escaped_name(name);
  return out;
}

}  // namespace

const corpus::Verse& ConlluComments::first_verse(const SentencePlan& plan) const {
  std::size_t first = 0;
  while (!plan.nodes[first].unit) ++first;
  return verses_[units_[*plan.nodes[first].unit].verse];
}

void ConlluComments::add(const SentencePlan& plan, conllu::Sentence& sentence) {
  const corpus::Verse& verse = first_verse(plan);
  if (document_ != verse.surah) {
    document_ = verse.surah;
    put(sentence, std::string(comment::document), fmt::format("surah-{}", verse.surah));
  }
  put(sentence, std::string(comment::sentence), name_of(plan));
  put(sentence, std::string(comment::text), text_of(sentence));
  if (!columns_said_ && !columns_.empty()) put(sentence, std::string(comment::columns), names_text(columns_));
  columns_said_ = true;
  if (!plan.from_treebank()) put(sentence, std::string(comment::treebank), "none");
  for (const SentencePlan::Node& node : plan.nodes) {
    if (!node.unit || units_[*node.unit].verse < verses_said_) continue;
    verses_said_ = units_[*node.unit].verse + 1;
    add_verse(verses_said_ - 1, sentence);
  }
  const auto put_rows = [&](std::string_view name, const std::vector<std::size_t>& rows) {
    for (const std::size_t row : rows) put(sentence, std::string(name), conllu::escaped(rows_[row].cells));
  };
  put_rows(comment::row, plan.rows_before);
  put_rows(comment::row_behind, plan.rows_behind);
}

void ConlluComments::add_verse(std::size_t number, conllu::Sentence& sentence) {
  const corpus::Verse& verse = verses_[number];
  const auto [said, fresh] = surah_names_.emplace(verse.surah, verse.surah_name);
  if (fresh || said->second != verse.surah_name) {
    said->second = verse.surah_name;
    put(sentence, std::string(comment::surah) + std::to_string(verse.surah),
        conllu::escaped(verse.surah_name));
  }
  put(sentence, std::string(comment::verse) + reference(verse), conllu::escaped(verse.text));
  const auto frames = frames_.find(number);
  if (frames != frames_.end() && frames->second.verse) {
    put(sentence, std::string(api::legacy::verse_frame_name) + reference(verse),
        conllu::escaped(json::ordered(*frames->second.verse)));
  }
}

// "qtb-7", "qtb-7-8" for treebank sentences that share a word, "1:5" for a verse without treebank. Unique.
std::string ConlluComments::name_of(const SentencePlan& plan) {
  std::string name = plan.from_treebank() ? "qtb" : reference(first_verse(plan));
  for (const std::string& part : plan.names) {
    const std::string column = conllu::as_column(part);
    name += "-" + (column.empty() ? "x" : column);
  }
  std::string unique = name;
  for (int number = 2; !names_.insert(unique).second; ++number) unique = fmt::format("{}.{}", name, number);
  return unique;
}

}  // namespace kalima::exporters
