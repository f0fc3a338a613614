// A line of a concordance as a sentence of CoNLL-U.
#include <fmt/format.h>

#include <algorithm>

#include "conllu/attributes.h"
#include "conllu/escape.h"
#include "conllu/feats.h"
#include "conllu/format.h"
#include "conllu/labels.h"
#include "query/results/exports.h"

namespace kalima::query {
namespace {

using attributes::Attribute;

// The morphology of one segment position as typed values.
class SegmentFeatures {
 public:
  SegmentFeatures(const Corpus& corpus, std::uint32_t position) : corpus_(corpus), position_(position) {}

  std::string text(Attribute attribute) const { return corpus_.core().text(attribute, value(attribute)); }
  std::string feats(std::string_view tag, bool with_article) const {
    corpus::Features read;
    read.aspect = typed<corpus::Aspect>(Attribute::aspect);
    read.voice = typed<corpus::Voice>(Attribute::voice);
    read.derivation = typed<corpus::Derivation>(Attribute::derivation);
    read.person = typed<corpus::Person>(Attribute::person);
    read.gender = typed<corpus::Gender>(Attribute::gender);
    read.number = typed<corpus::Number>(Attribute::number);
    read.mood = typed<corpus::Mood>(Attribute::mood);
    read.state = typed<corpus::State>(Attribute::state);
    read.grammatical_case = typed<corpus::Case>(Attribute::case_);
    return conllu::feats_of(read, tag, with_article);
  }

 private:
  std::uint32_t value(Attribute attribute) const { return corpus_.values(attribute)[position_]; }
  // Of an enumerated attribute: the value is the place in its set, from 1.
  template <typename Set>
  std::optional<Set> typed(Attribute attribute) const {
    const std::uint32_t number = value(attribute);
    return number == 0 ? std::nullopt : std::optional(static_cast<Set>(number - 1));
  }

  const Corpus& corpus_;
  std::uint32_t position_;
};

}  // namespace

void LineExport::append_sentence(std::string& out, const Hit& hit) const {
  const Corpus& corpus = engine_.corpus();
  const columns::CoreFile& core = corpus.core();
  const Line line = line_of(corpus, hit, shown_.context);
  conllu::Sentence sentence;
  sentence.comments.push_back(
      {std::string(conllu::comment::sentence),
       fmt::format("{}-{}", place_name(engine_, hit.first()), place_name(engine_, hit.last()))});
  std::string text;
  for (std::uint32_t word = line.from; word < line.to; ++word)
    (text += text.empty() ? "" : " ") += conllu::as_form(core.word_form(word));
  sentence.comments.push_back({std::string(conllu::comment::text), text});
  sentence.comments.push_back({std::string(conllu::comment::treebank), "none"});
  std::uint32_t number = 0;
  for (std::uint32_t word = line.from; word < line.to; ++word) {
    const std::uint32_t first = corpus.first[word], end = corpus.first[word + 1];
    const std::string word_place = [&] {
      const SegmentName name = engine_.name_of(first);
      return fmt::format("{}:{}:{}", name.surah, name.ayah, name.word);
    }();
    if (end - first > 1) {
      conllu::Line range;
      range.kind = conllu::Line::Kind::range;
      range.id = {number + 1};
      range.last = number + (end - first);
      range.form = conllu::as_form(core.word_form(word));
      range.misc.emplace_back(conllu::attribute::place, word_place);
      sentence.lines.push_back(std::move(range));
    }
    bool with_article = false;
    for (std::uint32_t position = first; position < end; ++position) {
      const SegmentFeatures features(corpus, position);
      const std::string tag = features.text(Attribute::pos);
      with_article = with_article || tag == "DET";
      conllu::Line& token = sentence.lines.emplace_back();
      token.id = {++number};
      const std::string segment = features.text(Attribute::segment);
      token.form = conllu::as_form(segment.empty() ? core.word_form(word) : std::string_view(segment));
      token.lemma = conllu::as_column(features.text(Attribute::lemma));
      token.upos = conllu::upos_of(tag);
      token.xpos = conllu::as_column(tag);
      token.feats = features.feats(tag, with_article);
      token.head = number == 1 ? 0 : 1;
      token.deprel = number == 1 ? "root" : "dep";
      token.misc.emplace_back(conllu::attribute::place, place_name(engine_, position));
      if (const std::string root = features.text(Attribute::root); !root.empty())
        token.misc.emplace_back("Root", conllu::escaped(root));
      for (const Attribute attribute : shown_.columns) {
        const std::string value =
            core.text(attribute, is_segment_level(attribute) ? corpus.values(attribute)[position]
                                                             : corpus.values(attribute)[word]);
        if (!value.empty())
          token.misc.emplace_back(attributes::definition(attribute).name, conllu::escaped(value));
      }
      if (position >= hit.begin && position < hit.end) token.misc.emplace_back("Match", "Yes");
      std::string labels;
      for (const Captured& captured : hit.captures) {
        if (position >= captured.begin && position < captured.end)
          (labels += labels.empty() ? "" : ",") += shown_.labels[captured.label];
      }
      if (!labels.empty()) token.misc.emplace_back("Capture", conllu::escaped(labels));
    }
  }
  if (!sentence.lines.empty()) conllu::write(sentence, out);
}

}  // namespace kalima::query
