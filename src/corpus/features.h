// What a features string of the Quranic Arabic Corpus (QAC) 0.4 says, as typed values. The string is a list
// of parts separated by `|`. Order in version 0.4:
//   PREFIX|clitic      Al+  bi+  w:CONJ+ ...
//   SUFFIX|clitic      +VOC  +n:EMPH  PRON:3MS
//   STEM|POS:tag|aspect|voice or derivation|(form)|LEM:lemma|ROOT:root|SP:group|person gender number|
//     mood, or state and case
// Lemma and root are in extended Buckwalter. Person, gender and number are one part: an optional 1, 2 or 3,
// then M or F, then S, D or P (3MS, 1P, 2D, MS, F, P); what is left out is not marked. The parts' values are
// in attributes/morphology_values.h, which also names the source. What the corpus leaves out because it is
// the usual case, according to its documentation:
//   - a verb without PASS is active; without a form in parentheses it is of form I, as is a participle or
//   verbal noun;
//   - an imperfect verb without MOOD: is indicative (perfect and imperative have no mood);
//   - a prefix or suffix has no POS:, its clitic implies it.
// Nothing else is implied: a nominal without INDEF may be definite by al-, by what follows or as a name; M or
// F without a number may be a singular or a collective.
//
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attributes/morphology_values.h"
#include "corpus/written.h"

namespace kalima::corpus {

using attributes::Aspect;
using attributes::Case;
using attributes::Clitic;
using attributes::Derivation;
using attributes::Gender;
using attributes::Mood;
using attributes::Number;
using attributes::PartOfSpeech;
using attributes::Person;
using attributes::SegmentType;
using attributes::SpecialGroup;
using attributes::State;
using attributes::VerbForm;
using attributes::Voice;

// All texts point into the string that was read.
struct Features {
  std::optional<SegmentType> type;
  std::optional<PartOfSpeech> part_of_speech;
  std::optional<Clitic> clitic;
  std::optional<Aspect> aspect;
  // Of verbs. Participles are active or passive by their derivation.
  std::optional<Voice> voice;
  std::optional<Derivation> derivation;
  std::optional<VerbForm> verb_form;
  std::optional<std::string_view> lemma, root;
  std::optional<SpecialGroup> special_group;
  // Of the attached pronoun, if the clitic is one.
  std::optional<Person> person;
  std::optional<Gender> gender;
  std::optional<Number> number;
  std::optional<Mood> mood;
  std::optional<State> state;
  std::optional<Case> grammatical_case;
  // The parts that are empty, not in the tag set, or repeat what an earlier part said; in their order.
  std::vector<std::string_view> leftovers;

  bool operator==(const Features&) const = default;
};

// As written: only what the text contains. Any text can be read; an empty one has no parts.
Features read_features(std::string_view text);

// The same, plus the values that the corpus leaves out, as listed above.
Features with_implied(const Features& written);

// The parts that were read, in the order of version 0.4, without the leftovers. For every features string of
// that version the result is the string itself.
std::string to_text(const Features& features);

// The part of speech that a clitic implies.
PartOfSpeech part_of_speech(Clitic clitic);

// Every value that is set, with the name of its property, in English and in a fixed order: ("verb_form",
// "IV"), ("case", "genitive"). Lemma and root unchanged; no leftovers.
std::vector<std::pair<std::string_view, std::string_view>> named_values(const Features& features);

}  // namespace kalima::corpus
