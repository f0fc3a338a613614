#include "corpus/columns/values.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#include "corpus/repeated_runs.h"
#include "corpus/similar_texts.h"
#include "corpus/surahs.h"
#include "corpus/wazn.h"
#include "support/utf8.h"
#include "text/abjad.h"
#include "text/near.h"
#include "text/plain.h"
#include "text/rhyme.h"

namespace kalima::columns {
namespace {

using attributes::Attribute;
using attributes::Column;
using attributes::Level;

template <typename Set>
Value place(const std::optional<Set>& value) {
  if (!value) return {};
  return static_cast<std::uint32_t>(*value);
}

Value text(const std::optional<std::string>& value) {
  if (!value || value->empty()) return {};
  return *value;
}

// A function that reads one property of the features.
template <auto member>
constexpr OfSegment feature{[](const ReadSegment& s) { return place(s.features.*member); }};

Value root_of(const ReadSegment& s) { return text(s.segment.root); }
Value lemma_of(const ReadSegment& s) { return text(s.segment.lemma); }
Value pos_of(const ReadSegment& s) {
  if (s.segment.tag && !s.segment.tag->empty()) return *s.segment.tag;
  if (!s.features.part_of_speech) return {};
  return std::string(attributes::value(*s.features.part_of_speech).name);
}

template <auto of_segment>
constexpr OfWord of_stem{[](const ReadWord& word) {
  const ReadSegment* const stem = stem_of(word);
  return stem != nullptr ? of_segment(*stem) : Value();
}};

// The letters of the morphology's form, whose spelling has no signs of recitation; of the text's, where segments have
// no forms.
Value plain_of(const ReadWord& word) {
  std::string form;
  for (const ReadSegment& segment : word.segments) form += segment.segment.form.value_or("");
  return text(text::plain(form.empty() ? word.word.form.value_or("") : form));
}

// Letters of the plain form: a hamza with its seat is one; an alif that is written as a mark does not count, nor does a
// small waw or ya.
Value letters_of(const ReadWord& word) {
  const Value plain = plain_of(word);
  const auto* const letters = std::get_if<std::string>(&plain);
  if (letters == nullptr) return {};
  const std::size_t count = text::written_letters(*letters).size();
  return count > 0 ? Value(static_cast<std::uint32_t>(count)) : Value();
}

Value abjad_of(const ReadWord& word) {
  const Value plain = plain_of(word);
  const auto* const letters = std::get_if<std::string>(&plain);
  if (letters == nullptr) return {};
  std::uint32_t sum = 0;
  for (const char32_t letter : utf8::to_code_points(*letters)) sum += text::abjad(letter);
  return sum > 0 ? Value(sum) : Value();
}

// The text's form, which has all vowels; of segments where a word has none.
std::string spoken_form(const ReadWord& word) {
  if (word.word.form && !word.word.form->empty()) return *word.word.form;
  std::string form;
  for (const ReadSegment& segment : word.segments) form += segment.segment.form.value_or("");
  return form;
}

template <typename Of>
Value rhyme_of(const ReadWord& word, Of of) {
  const auto rhyme = text::rhyme(spoken_form(word));
  return rhyme ? of(*rhyme) : Value();
}

Value sound_of(const ReadWord& word) {
  const std::u32string form = utf8::to_code_points(spoken_form(word));
  return text(text::sound_key(text::NearForm(text::letters(form))));
}

Value wazn_of(const ReadSegment& s) {
  if (!s.segment.root || !s.segment.lemma) return {};
  return text(corpus::wazn({.root = *s.segment.root,
                            .lemma = *s.segment.lemma,
                            .verb = s.features.part_of_speech == attributes::PartOfSpeech::verb,
                            .form = s.features.verb_form,
                            .derivation = s.features.derivation}));
}

// Of each word the number of its lemma as queries compare it: that of its only segment, or of its stem.
Values lemmas_of_words(const Model& model) {
  const Values &types = model.column(Attribute::type), &lemmas = model.column(Attribute::lemma);
  const auto type_of = [&types](std::uint32_t analysis) { return types[analysis]; };
  constexpr auto stem = static_cast<std::uint32_t>(attributes::SegmentType::stem) + 1;
  Values out;
  for (std::size_t word = 0; word < model.words(); ++word) {
    const std::span<const std::uint32_t> analyses =
        std::span(model.segment_analysis)
            .subspan(begin_of(model.word_end, word), model.word_end[word] - begin_of(model.word_end, word));
    auto head = analyses.size() == 1 ? analyses.begin() : std::ranges::find(analyses, stem, type_of);
    if (head == analyses.end()) head = std::ranges::find(analyses, 0U, type_of);
    out.push_back(head == analyses.end() ? 0 : lemmas[*head]);
  }
  return out;
}

// As values of numbers: + 1.
Values as_numbers(Values numbers) {
  for (std::uint32_t& number : numbers) ++number;
  return numbers;
}

// Missing where the lemma is.
Values repetition_of_words(const Model& model) {
  Values surahs;
  for (const std::uint32_t verse : model.word_verse) surahs.push_back(model.verse_surah[verse]);
  const Values lemmas = lemmas_of_words(model);
  Values out = as_numbers(corpus::longest_repeated(lemmas, surahs));
  for (std::size_t word = 0; word < out.size(); ++word) {
    if (lemmas[word] == 0) out[word] = 0;
  }
  return out;
}

Values similarity_of_verses(const Model& model) {
  const Values compared = corpus::compared_values(lemmas_of_words(model), model.column(Attribute::plain));
  std::vector<corpus::Values> verses;
  for (std::size_t verse = 0; verse < model.verses(); ++verse) {
    const std::uint32_t begin = begin_of(model.verse_end, verse);
    verses.push_back(corpus::Values(compared).subspan(begin, model.verse_end[verse] - begin));
  }
  const auto never = [] { return false; };
  corpus::SimilarTexts texts(std::move(verses), 0, never);
  Values out;
  for (std::size_t verse = 0; verse < texts.size(); ++verse)
    out.push_back(texts.best_of_others(verse, never));
  return as_numbers(std::move(out));
}

constexpr OfRegion region_number{[](const ReadRegion& region) { return Value(region.number); }};

// What the files write for nothing.
constexpr bool is_missing(std::string_view cell) { return cell.empty() || cell == "_"; }

constexpr OfCell cell(std::string_view column, std::string_view other_name = {}) {
  return {column, other_name,
          [](std::string_view content) { return content.empty() ? Value() : Value(std::string(content)); }};
}
// A rendering in the treebank, which keeps quotation marks of the running text at its ends.
constexpr OfCell rendering(std::string_view column) {
  return {column, {}, [](std::string_view content) {
            if (is_missing(content)) return Value();
            while (content.starts_with('"')) content.remove_prefix(1);
            while (content.ends_with('"')) content.remove_suffix(1);
            return content.empty() ? Value() : Value(std::string(content));
          }};
}

const corpus::Surah* surah_of(const ReadRegion& region) {
  const auto all = corpus::surahs();
  return region.number >= 1 && region.number <= all.size() ? &all[region.number - 1] : nullptr;
}

struct Row {
  Attribute attribute;
  Rule rule;
};
using corpus::Features;
constexpr auto rows = std::to_array<Row>({
    {Attribute::segment, OfSegment{[](const ReadSegment& s) { return text(s.segment.form); }}},
    {Attribute::type, feature<&Features::type>},
    {Attribute::pos, OfSegment{pos_of}},
    {Attribute::root, OfSegment{root_of}},
    {Attribute::lemma, OfSegment{lemma_of}},
    {Attribute::form, feature<&Features::verb_form>},
    {Attribute::aspect, feature<&Features::aspect>},
    {Attribute::voice, feature<&Features::voice>},
    {Attribute::mood, feature<&Features::mood>},
    {Attribute::person, feature<&Features::person>},
    {Attribute::gender, feature<&Features::gender>},
    {Attribute::number, feature<&Features::number>},
    {Attribute::case_, feature<&Features::grammatical_case>},
    {Attribute::state, feature<&Features::state>},
    {Attribute::derivation, feature<&Features::derivation>},
    {Attribute::clitic, feature<&Features::clitic>},
    {Attribute::group, feature<&Features::special_group>},

    {Attribute::wazn, OfSegment{wazn_of}},

    {Attribute::masaq_tag, cell("Morph_tag", "Morph_Tag")},
    {Attribute::masaq_type, cell("Morph_type", "Morph_Type")},
    {Attribute::masaq_punctuation, cell("Punctuation_Mark")},
    {Attribute::masaq_declension, cell("Invariable_Declinable")},
    {Attribute::masaq_role, cell("Syntactic_Role")},
    {Attribute::masaq_construct, cell("Possessive_Construct")},
    {Attribute::masaq_case, cell("Case_Mood")},
    {Attribute::masaq_marker, cell("Case_Mood_Marker")},
    {Attribute::masaq_phrase, cell("Phrase")},
    {Attribute::masaq_function, cell("Phrasal_Function")},
    {Attribute::masaq_note, cell("Notes")},

    {Attribute::word, OfWord{[](const ReadWord& w) { return text(w.word.form); }}},
    {Attribute::plain, OfWord{plain_of}},
    {Attribute::letters, OfWord{letters_of}},
    {Attribute::abjad, OfWord{abjad_of}},
    {Attribute::rhyme, OfWord{[](const ReadWord& w) {
       return rhyme_of(w, [](const text::Rhyme& r) { return text(r.pattern); });
     }}},
    {Attribute::rhyme_letter, OfWord{[](const ReadWord& w) {
       return rhyme_of(w, [](const text::Rhyme& r) { return text(r.letter); });
     }}},
    {Attribute::rhyme_vowel, OfWord{[](const ReadWord& w) {
       return rhyme_of(w, [](const text::Rhyme& r) { return place(r.vowel); });
     }}},
    {Attribute::sound, OfWord{sound_of}},
    {Attribute::repetition, OfText{repetition_of_words}},
    {Attribute::position, OfWord{[](const ReadWord& w) { return Value(w.position); }}},
    {Attribute::stem_root, of_stem<root_of>},
    {Attribute::stem_lemma, of_stem<lemma_of>},
    {Attribute::stem_pos, of_stem<pos_of>},
    {Attribute::gloss, rendering("trans")},
    {Attribute::transliteration, rendering("phonetic")},

    {Attribute::verse_n, region_number},
    {Attribute::verse_sajda, OfRegion{[](const ReadRegion& region) {
       return Value(std::uint32_t{std::ranges::binary_search(corpus::sajda_verses(), region.verse)});
     }}},
    {Attribute::verse_similarity, OfText{similarity_of_verses}},
    {Attribute::surah_n, region_number},
    {Attribute::surah_name, OfRegion{[](const ReadRegion& region) {
       const corpus::Surah* const surah = surah_of(region);
       return surah != nullptr ? Value(std::string(surah->name)) : Value();
     }}},
    {Attribute::surah_place, OfRegion{[](const ReadRegion& region) {
       const corpus::Surah* const surah = surah_of(region);
       return surah != nullptr ? Value(static_cast<std::uint32_t>(surah->place)) : Value();
     }}},
    {Attribute::surah_order, OfRegion{[](const ReadRegion& region) {
       const corpus::Surah* const surah = surah_of(region);
       return surah != nullptr ? Value(static_cast<std::uint32_t>(surah->order)) : Value();
     }}},
    {Attribute::juz_n, region_number},
    {Attribute::hizb_n, region_number},
    {Attribute::quarter_n, region_number},
    {Attribute::manzil_n, region_number},
    {Attribute::ruku_n, region_number},
    {Attribute::page_n, region_number},
    {Attribute::sentence_n, region_number},
    {Attribute::phrase_kind, OfRegion{[](const ReadRegion& region) {
       return is_missing(region.kind) || region.kind == "-" ? Value() : Value(std::string(region.kind));
     }}},

    {Attribute::relation, OfNode{[](const ReadNode& n) {
       return is_missing(n.node.relation) ? Value() : Value(n.node.relation);
     }}},
    {Attribute::hidden, OfNode{[](const ReadNode& n) { return Value(std::uint32_t{!n.node.place}); }}},
    {Attribute::depth, OfNode{[](const ReadNode& n) { return n.depth ? Value(*n.depth) : Value(); }}},
});

constexpr bool fits(const Rule& rule, const attributes::Definition& definition) {
  switch (definition.level) {
    case Level::segment:
      return std::holds_alternative<OfSegment>(rule) ? definition.column == Column::analysis
                                                     : std::holds_alternative<OfCell>(rule);
    case Level::word:
      return std::holds_alternative<OfWord>(rule) || std::holds_alternative<OfCell>(rule) ||
             std::holds_alternative<OfText>(rule);
    case Level::region:
      return std::holds_alternative<OfRegion>(rule) || std::holds_alternative<OfText>(rule);
    case Level::node:
      return std::holds_alternative<OfNode>(rule);
  }
  return false;
}

constexpr auto rules = [] {
  std::array<Rule, attributes::attribute_count> out{};
  for (const Row& row : rows) out[static_cast<std::size_t>(row.attribute)] = row.rule;
  return out;
}();
static_assert(rows.size() == attributes::attribute_count &&
                  std::ranges::all_of(attributes::table,
                                      [](const attributes::Definition& definition) {
                                        return fits(rules[static_cast<std::size_t>(definition.attribute)],
                                                    definition);
                                      }),
              "an attribute lacks the function that computes its value, or has one of another level");

}  // namespace

ReadSegment read(const Segment& segment) {
  corpus::Features features = corpus::read_features(segment.features);
  if (!features.type) features.type = segment.type;
  if (!features.part_of_speech && !features.clitic && segment.tag) {
    features.part_of_speech = corpus::from_written<attributes::PartOfSpeech>(*segment.tag);
  }
  return {segment, corpus::with_implied(features)};
}

const ReadSegment* stem_of(const ReadWord& word) {
  const auto stem = std::ranges::find_if(
      word.segments, [](const ReadSegment& s) { return s.features.type == attributes::SegmentType::stem; });
  return stem != word.segments.end() ? &*stem : nullptr;
}

const Rule& rule(Attribute attribute) { return rules[static_cast<std::size_t>(attribute)]; }

}  // namespace kalima::columns
