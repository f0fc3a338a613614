#include "corpus/feature_tags.h"

namespace kalima::corpus {
namespace {

// True if each value is at its own index, as tag() requires.
template <typename Value, std::size_t size>
constexpr bool in_order(const Tag<Value> (&table)[size]) {
  for (std::size_t i = 0; i < size; ++i) {
    if (static_cast<std::size_t>(table[i].value) != i) return false;
  }
  return true;
}

constexpr Tag<SegmentType> segment_types[] = {
    {SegmentType::prefix, "PREFIX", "prefix"},
    {SegmentType::stem, "STEM", "stem"},
    {SegmentType::suffix, "SUFFIX", "suffix"},
};

constexpr Tag<PartOfSpeech> parts_of_speech[] = {
    {PartOfSpeech::noun, "N", "noun"},
    {PartOfSpeech::proper_noun, "PN", "proper noun"},
    {PartOfSpeech::adjective, "ADJ", "adjective"},
    {PartOfSpeech::imperative_verbal_noun, "IMPN", "imperative verbal noun"},
    {PartOfSpeech::personal_pronoun, "PRON", "personal pronoun"},
    {PartOfSpeech::demonstrative_pronoun, "DEM", "demonstrative pronoun"},
    {PartOfSpeech::relative_pronoun, "REL", "relative pronoun"},
    {PartOfSpeech::time_adverb, "T", "time adverb"},
    {PartOfSpeech::location_adverb, "LOC", "location adverb"},
    {PartOfSpeech::verb, "V", "verb"},
    {PartOfSpeech::preposition, "P", "preposition"},
    {PartOfSpeech::determiner, "DET", "determiner"},
    {PartOfSpeech::emphatic_particle, "EMPH", "emphatic particle"},
    {PartOfSpeech::imperative_particle, "IMPV", "imperative particle"},
    {PartOfSpeech::purpose_particle, "PRP", "particle of purpose"},
    {PartOfSpeech::coordinating_conjunction, "CONJ", "coordinating conjunction"},
    {PartOfSpeech::subordinating_conjunction, "SUB", "subordinating conjunction"},
    {PartOfSpeech::accusative_particle, "ACC", "accusative particle"},
    {PartOfSpeech::amendment_particle, "AMD", "amendment particle"},
    {PartOfSpeech::answer_particle, "ANS", "answer particle"},
    {PartOfSpeech::aversion_particle, "AVR", "aversion particle"},
    {PartOfSpeech::cause_particle, "CAUS", "particle of cause"},
    {PartOfSpeech::certainty_particle, "CERT", "particle of certainty"},
    {PartOfSpeech::circumstantial_particle, "CIRC", "circumstantial particle"},
    {PartOfSpeech::comitative_particle, "COM", "comitative particle"},
    {PartOfSpeech::conditional_particle, "COND", "conditional particle"},
    {PartOfSpeech::equalization_particle, "EQ", "equalization particle"},
    {PartOfSpeech::exhortation_particle, "EXH", "exhortation particle"},
    {PartOfSpeech::explanation_particle, "EXL", "explanation particle"},
    {PartOfSpeech::exceptive_particle, "EXP", "exceptive particle"},
    {PartOfSpeech::future_particle, "FUT", "future particle"},
    {PartOfSpeech::inceptive_particle, "INC", "inceptive particle"},
    {PartOfSpeech::interpretation_particle, "INT", "particle of interpretation"},
    {PartOfSpeech::interrogative_particle, "INTG", "interrogative particle"},
    {PartOfSpeech::negative_particle, "NEG", "negative particle"},
    {PartOfSpeech::preventive_particle, "PREV", "preventive particle"},
    {PartOfSpeech::prohibition_particle, "PRO", "prohibition particle"},
    {PartOfSpeech::resumption_particle, "REM", "resumption particle"},
    {PartOfSpeech::restriction_particle, "RES", "restriction particle"},
    {PartOfSpeech::retraction_particle, "RET", "retraction particle"},
    {PartOfSpeech::result_particle, "RSLT", "result particle"},
    {PartOfSpeech::supplemental_particle, "SUP", "supplemental particle"},
    {PartOfSpeech::surprise_particle, "SUR", "surprise particle"},
    {PartOfSpeech::vocative_particle, "VOC", "vocative particle"},
    {PartOfSpeech::initials, "INL", "Quranic initials"},
};

constexpr Tag<Clitic> clitics[] = {
    {Clitic::determiner_al, "Al+", "determiner al-"},
    {Clitic::preposition_bi, "bi+", "preposition bi-"},
    {Clitic::preposition_ka, "ka+", "preposition ka-"},
    {Clitic::preposition_ta, "ta+", "preposition ta- of an oath"},
    {Clitic::preposition_wa, "w:P+", "preposition wa- of an oath"},
    {Clitic::preposition_li, "l:P+", "preposition li-"},
    {Clitic::future_sa, "sa+", "future particle sa-"},
    {Clitic::vocative_ya, "ya+", "vocative particle yā"},
    {Clitic::vocative_ha, "ha+", "vocative particle hā"},
    {Clitic::interrogative_a, "A:INTG+", "interrogative particle a-"},
    {Clitic::equalization_a, "A:EQ+", "equalization particle a-"},
    {Clitic::conjunction_wa, "w:CONJ+", "coordinating conjunction wa-"},
    {Clitic::resumption_wa, "w:REM+", "resumption particle wa-"},
    {Clitic::circumstantial_wa, "w:CIRC+", "circumstantial particle wa-"},
    {Clitic::supplemental_wa, "w:SUP+", "supplemental particle wa-"},
    {Clitic::comitative_wa, "w:COM+", "comitative particle wa-"},
    {Clitic::conjunction_fa, "f:CONJ+", "coordinating conjunction fa-"},
    {Clitic::resumption_fa, "f:REM+", "resumption particle fa-"},
    {Clitic::result_fa, "f:RSLT+", "result particle fa-"},
    {Clitic::supplemental_fa, "f:SUP+", "supplemental particle fa-"},
    {Clitic::cause_fa, "f:CAUS+", "particle of cause fa-"},
    {Clitic::emphatic_la, "l:EMPH+", "emphatic particle la-"},
    {Clitic::purpose_li, "l:PRP+", "particle of purpose li-"},
    {Clitic::imperative_li, "l:IMPV+", "imperative particle li-"},
    {Clitic::vocative_ending, "+VOC", "vocative ending -mma"},
    {Clitic::emphatic_nun, "+n:EMPH", "emphatic ending -n"},
    {Clitic::attached_pronoun, "PRON:", "attached pronoun"},
};

constexpr Tag<Person> persons[] = {
    {Person::first, "1", "first"},
    {Person::second, "2", "second"},
    {Person::third, "3", "third"},
};
constexpr Tag<Gender> genders[] = {
    {Gender::masculine, "M", "masculine"},
    {Gender::feminine, "F", "feminine"},
};
constexpr Tag<Number> numbers[] = {
    {Number::singular, "S", "singular"},
    {Number::dual, "D", "dual"},
    {Number::plural, "P", "plural"},
};
constexpr Tag<Aspect> aspects[] = {
    {Aspect::perfect, "PERF", "perfect"},
    {Aspect::imperfect, "IMPF", "imperfect"},
    {Aspect::imperative, "IMPV", "imperative"},
};
constexpr Tag<Mood> moods[] = {
    {Mood::indicative, "MOOD:IND", "indicative"},
    {Mood::subjunctive, "MOOD:SUBJ", "subjunctive"},
    {Mood::jussive, "MOOD:JUS", "jussive"},
    {Mood::energetic, "MOOD:ENG", "energetic"},
};
constexpr Tag<Voice> voices[] = {
    {Voice::active, "ACT", "active"},
    {Voice::passive, "PASS", "passive"},
};
constexpr Tag<VerbForm> verb_forms[] = {
    {VerbForm::i, "(I)", "I"},       {VerbForm::ii, "(II)", "II"},       {VerbForm::iii, "(III)", "III"},
    {VerbForm::iv, "(IV)", "IV"},    {VerbForm::v, "(V)", "V"},          {VerbForm::vi, "(VI)", "VI"},
    {VerbForm::vii, "(VII)", "VII"}, {VerbForm::viii, "(VIII)", "VIII"}, {VerbForm::ix, "(IX)", "IX"},
    {VerbForm::x, "(X)", "X"},       {VerbForm::xi, "(XI)", "XI"},       {VerbForm::xii, "(XII)", "XII"},
};
constexpr Tag<Derivation> derivations[] = {
    {Derivation::active_participle, "ACT|PCPL", "active participle"},
    {Derivation::passive_participle, "PASS|PCPL", "passive participle"},
    {Derivation::verbal_noun, "VN", "verbal noun"},
};
constexpr Tag<State> states[] = {
    {State::definite, "DEF", "definite"},
    {State::indefinite, "INDEF", "indefinite"},
};
constexpr Tag<Case> cases[] = {
    {Case::nominative, "NOM", "nominative"},
    {Case::accusative, "ACC", "accusative"},
    {Case::genitive, "GEN", "genitive"},
};
constexpr Tag<SpecialGroup> special_groups[] = {
    {SpecialGroup::kana, "SP:kaAn", "kāna and its sisters"},
    {SpecialGroup::kada, "SP:kaAd", "kāda and its sisters"},
    {SpecialGroup::inna, "SP:<in~", "inna and its sisters"},
};

static_assert(in_order(segment_types) && in_order(parts_of_speech) && in_order(clitics) &&
              in_order(persons) && in_order(genders) && in_order(numbers) && in_order(aspects) &&
              in_order(moods) && in_order(voices) && in_order(verb_forms) && in_order(derivations) &&
              in_order(states) && in_order(cases) && in_order(special_groups));
static_assert(std::size(parts_of_speech) == static_cast<std::size_t>(PartOfSpeech::initials) + 1);
static_assert(std::size(clitics) == static_cast<std::size_t>(Clitic::attached_pronoun) + 1);

}  // namespace

template <>
std::span<const Tag<SegmentType>> tags() {
  return segment_types;
}
template <>
std::span<const Tag<PartOfSpeech>> tags() {
  return parts_of_speech;
}
template <>
std::span<const Tag<Clitic>> tags() {
  return clitics;
}
template <>
std::span<const Tag<Person>> tags() {
  return persons;
}
template <>
std::span<const Tag<Gender>> tags() {
  return genders;
}
template <>
std::span<const Tag<Number>> tags() {
  return numbers;
}
template <>
std::span<const Tag<Aspect>> tags() {
  return aspects;
}
template <>
std::span<const Tag<Mood>> tags() {
  return moods;
}
template <>
std::span<const Tag<Voice>> tags() {
  return voices;
}
template <>
std::span<const Tag<VerbForm>> tags() {
  return verb_forms;
}
template <>
std::span<const Tag<Derivation>> tags() {
  return derivations;
}
template <>
std::span<const Tag<State>> tags() {
  return states;
}
template <>
std::span<const Tag<Case>> tags() {
  return cases;
}
template <>
std::span<const Tag<SpecialGroup>> tags() {
  return special_groups;
}

PartOfSpeech part_of_speech(Clitic clitic) {
  switch (clitic) {
    case Clitic::determiner_al:
      return PartOfSpeech::determiner;
    case Clitic::preposition_bi:
    case Clitic::preposition_ka:
    case Clitic::preposition_ta:
    case Clitic::preposition_wa:
    case Clitic::preposition_li:
      return PartOfSpeech::preposition;
    case Clitic::future_sa:
      return PartOfSpeech::future_particle;
    case Clitic::vocative_ya:
    case Clitic::vocative_ha:
    case Clitic::vocative_ending:
      return PartOfSpeech::vocative_particle;
    case Clitic::attached_pronoun:
      return PartOfSpeech::personal_pronoun;
    default:
      break;
  }
  // The others have it between `:` and `+`, or after `:`.
  std::string_view written = tag(clitic).written;
  written.remove_prefix(written.find(':') + 1);
  if (written.ends_with('+')) written.remove_suffix(1);
  return *from_written<PartOfSpeech>(written);
}

}  // namespace kalima::corpus
