// The closed sets of values in a morphological analysis, with their names in the Quranic Arabic Corpus (QAC)
// 0.4 and in Universal Dependencies (UD).
//
// Sources: the corpus' documentation, pages "Part-of-speech tagset" and "Morphological features"
// (https://corpus.quran.com/documentation), compared with every analysis of version 0.4, which does not use
// all of them (ENG, DEF); https://universaldependencies.org/u/pos/ and /u/feat/. If UD has no value of the
// same name, the mapping is Kalima's own choice.
#pragma once

#include <cstdint>
#include <span>

#include "attributes/value.h"

namespace kalima::attributes {

enum class SegmentType : std::uint8_t { prefix, stem, suffix };
inline constexpr auto segment_types = in_order<SegmentType>({
    {SegmentType::prefix, {"prefix", "prefix", "سابقة", "", ""}},
    {SegmentType::stem, {"stem", "stem", "جذع", "", ""}},
    {SegmentType::suffix, {"suffix", "suffix", "لاحقة", "", ""}},
});

// Nominals, the verb, then particles, in the groups of the documentation.
enum class PartOfSpeech : std::uint8_t {
  noun,
  proper_noun,
  adjective,
  imperative_verbal_noun,
  personal_pronoun,
  demonstrative_pronoun,
  relative_pronoun,
  time_adverb,
  location_adverb,
  verb,
  preposition,
  determiner,
  emphatic_particle,
  imperative_particle,
  purpose_particle,
  coordinating_conjunction,
  subordinating_conjunction,
  accusative_particle,
  amendment_particle,
  answer_particle,
  aversion_particle,
  cause_particle,
  certainty_particle,
  circumstantial_particle,
  comitative_particle,
  conditional_particle,
  equalization_particle,
  exhortation_particle,
  explanation_particle,
  exceptive_particle,
  future_particle,
  inceptive_particle,
  interpretation_particle,
  interrogative_particle,
  negative_particle,
  preventive_particle,
  prohibition_particle,
  resumption_particle,
  restriction_particle,
  retraction_particle,
  result_particle,
  supplemental_particle,
  surprise_particle,
  vocative_particle,
  initials,
};
// The Arabic names are those of the Quranic Treebank's column `pos_ar`.
inline constexpr auto parts_of_speech = in_order<PartOfSpeech>({
    {PartOfSpeech::noun, {"N", "noun", "اسم", "NOUN", ""}},
    {PartOfSpeech::proper_noun, {"PN", "proper noun", "اسم علم", "PROPN", ""}},
    {PartOfSpeech::adjective, {"ADJ", "adjective", "صفة", "ADJ", ""}},
    {PartOfSpeech::imperative_verbal_noun, {"IMPN", "imperative verbal noun", "اسم فعل أمر", "NOUN", ""}},
    {PartOfSpeech::personal_pronoun, {"PRON", "personal pronoun", "ضمير", "PRON", "pronoun"}},
    {PartOfSpeech::demonstrative_pronoun,
     {"DEM", "demonstrative pronoun", "اسم إشارة", "PRON", "demonstrative"}},
    {PartOfSpeech::relative_pronoun, {"REL", "relative pronoun", "اسم موصول", "PRON", "relative"}},
    {PartOfSpeech::time_adverb, {"T", "time adverb", "ظرف زمان", "ADV", ""}},
    {PartOfSpeech::location_adverb, {"LOC", "location adverb", "ظرف مكان", "ADV", ""}},
    {PartOfSpeech::verb, {"V", "verb", "فعل", "VERB", ""}},
    {PartOfSpeech::preposition, {"P", "preposition", "حرف جر", "ADP", "prep"}},
    {PartOfSpeech::determiner, {"DET", "determiner", "ال التعريف", "DET", "article"}},
    {PartOfSpeech::emphatic_particle, {"EMPH", "emphatic particle", "لام التوكيد", "PART", ""}},
    {PartOfSpeech::imperative_particle, {"IMPV", "imperative particle", "لام الأمر", "PART", ""}},
    {PartOfSpeech::purpose_particle, {"PRP", "particle of purpose", "لام التعليل", "SCONJ", ""}},
    {PartOfSpeech::coordinating_conjunction,
     {"CONJ", "coordinating conjunction", "حرف عطف", "CCONJ", "conjunction"}},
    {PartOfSpeech::subordinating_conjunction, {"SUB", "subordinating conjunction", "حرف مصدري", "SCONJ", ""}},
    {PartOfSpeech::accusative_particle, {"ACC", "accusative particle", "حرف نصب", "PART", ""}},
    {PartOfSpeech::amendment_particle, {"AMD", "amendment particle", "حرف استدراك", "CCONJ", ""}},
    {PartOfSpeech::answer_particle, {"ANS", "answer particle", "حرف جواب", "PART", ""}},
    {PartOfSpeech::aversion_particle, {"AVR", "aversion particle", "حرف ردع", "PART", ""}},
    {PartOfSpeech::cause_particle, {"CAUS", "particle of cause", "حرف سببية", "SCONJ", ""}},
    {PartOfSpeech::certainty_particle, {"CERT", "particle of certainty", "حرف تحقيق", "PART", ""}},
    {PartOfSpeech::circumstantial_particle, {"CIRC", "circumstantial particle", "حرف حال", "SCONJ", ""}},
    {PartOfSpeech::comitative_particle, {"COM", "comitative particle", "واو المعية", "ADP", ""}},
    {PartOfSpeech::conditional_particle, {"COND", "conditional particle", "حرف شرط", "SCONJ", ""}},
    {PartOfSpeech::equalization_particle, {"EQ", "equalization particle", "حرف تسوية", "PART", ""}},
    {PartOfSpeech::exhortation_particle, {"EXH", "exhortation particle", "حرف تحضيض", "PART", ""}},
    {PartOfSpeech::explanation_particle, {"EXL", "explanation particle", "حرف تفصيل", "PART", ""}},
    {PartOfSpeech::exceptive_particle, {"EXP", "exceptive particle", "أداة استثناء", "PART", ""}},
    {PartOfSpeech::future_particle, {"FUT", "future particle", "حرف استقبال", "PART", ""}},
    {PartOfSpeech::inceptive_particle, {"INC", "inceptive particle", "حرف ابتداء", "PART", ""}},
    {PartOfSpeech::interpretation_particle, {"INT", "particle of interpretation", "حرف تفسير", "PART", ""}},
    {PartOfSpeech::interrogative_particle, {"INTG", "interrogative particle", "حرف استفهام", "PART", ""}},
    {PartOfSpeech::negative_particle, {"NEG", "negative particle", "حرف نفي", "PART", "negation"}},
    {PartOfSpeech::preventive_particle, {"PREV", "preventive particle", "حرف كاف", "PART", ""}},
    {PartOfSpeech::prohibition_particle, {"PRO", "prohibition particle", "حرف نهي", "PART", ""}},
    {PartOfSpeech::resumption_particle, {"REM", "resumption particle", "حرف استئناف", "CCONJ", ""}},
    {PartOfSpeech::restriction_particle, {"RES", "restriction particle", "أداة حصر", "PART", ""}},
    {PartOfSpeech::retraction_particle, {"RET", "retraction particle", "حرف إضراب", "CCONJ", ""}},
    {PartOfSpeech::result_particle, {"RSLT", "result particle", "حرف واقع في جواب الشرط", "CCONJ", ""}},
    {PartOfSpeech::supplemental_particle, {"SUP", "supplemental particle", "حرف زائد", "PART", ""}},
    {PartOfSpeech::surprise_particle, {"SUR", "surprise particle", "حرف فجاءة", "PART", ""}},
    {PartOfSpeech::vocative_particle, {"VOC", "vocative particle", "حرف نداء", "PART", "vocative"}},
    {PartOfSpeech::initials, {"INL", "Quranic initials", "حروف مقطعة", "X", "initials"}},
});

// Particles and pronouns written together with a word: prefixes `x+`, suffixes `+x`, and the attached
// pronoun. `l:P+` also occurs as a suffix, where the script separates it from its noun (4:78).
enum class Clitic : std::uint8_t {
  determiner_al,
  preposition_bi,
  preposition_ka,
  preposition_ta,
  preposition_wa,
  preposition_li,
  future_sa,
  vocative_ya,
  vocative_ha,
  interrogative_a,
  equalization_a,
  conjunction_wa,
  resumption_wa,
  circumstantial_wa,
  supplemental_wa,
  comitative_wa,
  conjunction_fa,
  resumption_fa,
  result_fa,
  supplemental_fa,
  cause_fa,
  emphatic_la,
  purpose_li,
  imperative_li,
  vocative_ending,
  emphatic_nun,
  attached_pronoun,
};
inline constexpr auto clitics = in_order<Clitic>({
    {Clitic::determiner_al, {"Al+", "determiner al-", "ال", "", ""}},
    {Clitic::preposition_bi, {"bi+", "preposition bi-", "باء الجر", "", ""}},
    {Clitic::preposition_ka, {"ka+", "preposition ka-", "كاف الجر", "", ""}},
    {Clitic::preposition_ta, {"ta+", "preposition ta- of an oath", "تاء القسم", "", ""}},
    {Clitic::preposition_wa, {"w:P+", "preposition wa- of an oath", "واو القسم", "", ""}},
    {Clitic::preposition_li, {"l:P+", "preposition li-", "لام الجر", "", ""}},
    {Clitic::future_sa, {"sa+", "future particle sa-", "سين الاستقبال", "", ""}},
    {Clitic::vocative_ya, {"ya+", "vocative particle yā", "يا النداء", "", ""}},
    {Clitic::vocative_ha, {"ha+", "vocative particle hā", "ها التنبيه", "", ""}},
    {Clitic::interrogative_a, {"A:INTG+", "interrogative particle a-", "همزة الاستفهام", "", ""}},
    {Clitic::equalization_a, {"A:EQ+", "equalization particle a-", "همزة التسوية", "", ""}},
    {Clitic::conjunction_wa, {"w:CONJ+", "coordinating conjunction wa-", "واو العطف", "", ""}},
    {Clitic::resumption_wa, {"w:REM+", "resumption particle wa-", "واو الاستئناف", "", ""}},
    {Clitic::circumstantial_wa, {"w:CIRC+", "circumstantial particle wa-", "واو الحال", "", ""}},
    {Clitic::supplemental_wa, {"w:SUP+", "supplemental particle wa-", "واو زائدة", "", ""}},
    {Clitic::comitative_wa, {"w:COM+", "comitative particle wa-", "واو المعية", "", ""}},
    {Clitic::conjunction_fa, {"f:CONJ+", "coordinating conjunction fa-", "فاء العطف", "", ""}},
    {Clitic::resumption_fa, {"f:REM+", "resumption particle fa-", "فاء الاستئناف", "", ""}},
    {Clitic::result_fa, {"f:RSLT+", "result particle fa-", "فاء الجواب", "", ""}},
    {Clitic::supplemental_fa, {"f:SUP+", "supplemental particle fa-", "فاء زائدة", "", ""}},
    {Clitic::cause_fa, {"f:CAUS+", "particle of cause fa-", "فاء السببية", "", ""}},
    {Clitic::emphatic_la, {"l:EMPH+", "emphatic particle la-", "لام التوكيد", "", ""}},
    {Clitic::purpose_li, {"l:PRP+", "particle of purpose li-", "لام التعليل", "", ""}},
    {Clitic::imperative_li, {"l:IMPV+", "imperative particle li-", "لام الأمر", "", ""}},
    {Clitic::vocative_ending, {"+VOC", "vocative ending -mma", "ميم النداء", "", ""}},
    {Clitic::emphatic_nun, {"+n:EMPH", "emphatic ending -n", "نون التوكيد", "", ""}},
    {Clitic::attached_pronoun, {"PRON", "attached pronoun", "ضمير متصل", "", ""}},
});

enum class Person : std::uint8_t { first, second, third };
inline constexpr auto persons = in_order<Person>({
    {Person::first, {"1", "first", "متكلم", "1", "speaker"}},
    {Person::second, {"2", "second", "مخاطب", "2", "addressee"}},
    {Person::third, {"3", "third", "غائب", "3", "absent"}},
});

enum class Gender : std::uint8_t { masculine, feminine };
inline constexpr auto genders = in_order<Gender>({
    {Gender::masculine, {"M", "masculine", "مذكر", "Masc", ""}},
    {Gender::feminine, {"F", "feminine", "مؤنث", "Fem", ""}},
});

enum class Number : std::uint8_t { singular, dual, plural };
inline constexpr auto numbers = in_order<Number>({
    {Number::singular, {"S", "singular", "مفرد", "Sing", "sg"}},
    {Number::dual, {"D", "dual", "مثنى", "Dual", "du"}},
    {Number::plural, {"P", "plural", "جمع", "Plur", "pl"}},
});

enum class Aspect : std::uint8_t { perfect, imperfect, imperative };
// In UD the imperative is a mood.
inline constexpr auto aspects = in_order<Aspect>({
    {Aspect::perfect, {"PERF", "perfect", "ماض", "Perf", "past"}},
    {Aspect::imperfect, {"IMPF", "imperfect", "مضارع", "Imp", "present"}},
    {Aspect::imperative, {"IMPV", "imperative", "أمر", "", "command"}},
});

enum class Mood : std::uint8_t { indicative, subjunctive, jussive, energetic };
inline constexpr auto moods = in_order<Mood>({
    {Mood::indicative, {"IND", "indicative", "مرفوع", "Ind", ""}},
    {Mood::subjunctive, {"SUBJ", "subjunctive", "منصوب", "Sub", ""}},
    {Mood::jussive, {"JUS", "jussive", "مجزوم", "Jus", ""}},
    {Mood::energetic, {"ENG", "energetic", "مؤكد بالنون", "Nrg", ""}},
});

enum class Voice : std::uint8_t { active, passive };
inline constexpr auto voices = in_order<Voice>({
    {Voice::active, {"ACT", "active", "معلوم", "Act", ""}},
    {Voice::passive, {"PASS", "passive", "مجهول", "Pass", ""}},
});

// The twelve patterns of verbs, by their usual Roman numbers.
enum class VerbForm : std::uint8_t { i, ii, iii, iv, v, vi, vii, viii, ix, x, xi, xii };
inline constexpr auto verb_forms = in_order<VerbForm>({
    {VerbForm::i, {"I", "I", "فعل", "", "1"}},
    {VerbForm::ii, {"II", "II", "فعّل", "", "2"}},
    {VerbForm::iii, {"III", "III", "فاعل", "", "3"}},
    {VerbForm::iv, {"IV", "IV", "أفعل", "", "4"}},
    {VerbForm::v, {"V", "V", "تفعّل", "", "5"}},
    {VerbForm::vi, {"VI", "VI", "تفاعل", "", "6"}},
    {VerbForm::vii, {"VII", "VII", "انفعل", "", "7"}},
    {VerbForm::viii, {"VIII", "VIII", "افتعل", "", "8"}},
    {VerbForm::ix, {"IX", "IX", "افعلّ", "", "9"}},
    {VerbForm::x, {"X", "X", "استفعل", "", "10"}},
    {VerbForm::xi, {"XI", "XI", "افعالّ", "", "11"}},
    {VerbForm::xii, {"XII", "XII", "افعوعل", "", "12"}},
});

enum class Derivation : std::uint8_t { active_participle, passive_participle, verbal_noun };
inline constexpr auto derivations = in_order<Derivation>({
    {Derivation::active_participle, {"ACTPCPL", "active participle", "اسم فاعل", "", "ACT_PCPL ACT|PCPL"}},
    {Derivation::passive_participle,
     {"PASSPCPL", "passive participle", "اسم مفعول", "", "PASS_PCPL PASS|PCPL"}},
    {Derivation::verbal_noun, {"VN", "verbal noun", "مصدر", "Vnoun", "masdar"}},
});

enum class State : std::uint8_t { definite, indefinite };
inline constexpr auto states = in_order<State>({
    {State::definite, {"DEF", "definite", "معرفة", "Def", ""}},
    {State::indefinite, {"INDEF", "indefinite", "نكرة", "Ind", ""}},
});

enum class Case : std::uint8_t { nominative, accusative, genitive };
inline constexpr auto cases = in_order<Case>({
    {Case::nominative, {"NOM", "nominative", "مرفوع", "Nom", ""}},
    {Case::accusative, {"ACC", "accusative", "منصوب", "Acc", ""}},
    {Case::genitive, {"GEN", "genitive", "مجرور", "Gen", ""}},
});

// Words that govern like kāna, kāda or inna. The names are the lemmas of the corpus, in extended Buckwalter.
enum class SpecialGroup : std::uint8_t { kana, kada, inna };
inline constexpr auto special_groups = in_order<SpecialGroup>({
    {SpecialGroup::kana, {"kaAn", "kāna and its sisters", "كان وأخواتها", "", "kana"}},
    {SpecialGroup::kada, {"kaAd", "kāda and its sisters", "كاد وأخواتها", "", "kada"}},
    {SpecialGroup::inna, {"<in~", "inna and its sisters", "إن وأخواتها", "", "inna"}},
});

// The rows of a set, for each of the sets above: values_of<Person>()[static_cast<std::size_t>(person)].
template <typename Set>
constexpr std::span<const Value> values_of();
template <>
constexpr std::span<const Value> values_of<SegmentType>() {
  return segment_types;
}
template <>
constexpr std::span<const Value> values_of<PartOfSpeech>() {
  return parts_of_speech;
}
template <>
constexpr std::span<const Value> values_of<Clitic>() {
  return clitics;
}
template <>
constexpr std::span<const Value> values_of<Person>() {
  return persons;
}
template <>
constexpr std::span<const Value> values_of<Gender>() {
  return genders;
}
template <>
constexpr std::span<const Value> values_of<Number>() {
  return numbers;
}
template <>
constexpr std::span<const Value> values_of<Aspect>() {
  return aspects;
}
template <>
constexpr std::span<const Value> values_of<Mood>() {
  return moods;
}
template <>
constexpr std::span<const Value> values_of<Voice>() {
  return voices;
}
template <>
constexpr std::span<const Value> values_of<VerbForm>() {
  return verb_forms;
}
template <>
constexpr std::span<const Value> values_of<Derivation>() {
  return derivations;
}
template <>
constexpr std::span<const Value> values_of<State>() {
  return states;
}
template <>
constexpr std::span<const Value> values_of<Case>() {
  return cases;
}
template <>
constexpr std::span<const Value> values_of<SpecialGroup>() {
  return special_groups;
}

template <typename Set>
constexpr const Value& value(Set set) {
  return values_of<Set>()[static_cast<std::size_t>(set)];
}

// Every enumerator has its row.
static_assert(parts_of_speech.size() == static_cast<std::size_t>(PartOfSpeech::initials) + 1);
static_assert(clitics.size() == static_cast<std::size_t>(Clitic::attached_pronoun) + 1);
static_assert(verb_forms.size() == static_cast<std::size_t>(VerbForm::xii) + 1);

}  // namespace kalima::attributes
