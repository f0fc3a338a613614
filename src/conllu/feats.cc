#include "conllu/feats.h"

#include <map>

#include "corpus/features.h"

namespace kalima::conllu {
namespace {

using namespace corpus;  // the values of a features string

std::string_view of(Person value) {
  switch (value) {
    case Person::first:
      return "1";
    case Person::second:
      return "2";
    case Person::third:
      return "3";
  }
  return {};
}

std::string_view of(Gender value) { return value == Gender::masculine ? "Masc" : "Fem"; }

std::string_view of(Number value) {
  switch (value) {
    case Number::singular:
      return "Sing";
    case Number::dual:
      return "Dual";
    case Number::plural:
      return "Plur";
  }
  return {};
}

std::string_view of(Mood value) {
  switch (value) {
    case Mood::indicative:
      return "Ind";
    case Mood::subjunctive:
      return "Sub";
    case Mood::jussive:
      return "Jus";
    case Mood::energetic:
      return "Nrg";
  }
  return {};
}

std::string_view of(Case value) {
  switch (value) {
    case Case::nominative:
      return "Nom";
    case Case::accusative:
      return "Acc";
    case Case::genitive:
      return "Gen";
  }
  return {};
}

// The type of pronoun-like words and the polarity, from the tag.
void add_of_tag(std::string_view tag, std::map<std::string_view, std::string_view>& feats) {
  if (tag == "PRON") feats["PronType"] = "Prs";
  if (tag == "DEM") feats["PronType"] = "Dem";
  if (tag == "REL") feats["PronType"] = "Rel";
  if (tag == "INTG") feats["PronType"] = "Int";
  if (tag == "DET") feats["PronType"] = "Art";
  if (tag == "NEG" || tag == "PRO") feats["Polarity"] = "Neg";
}

void add_verbal(const Features& read, std::map<std::string_view, std::string_view>& feats) {
  if (read.aspect) {
    feats["VerbForm"] = "Fin";
    // The imperative is a mood in Universal Dependencies.
    if (*read.aspect == Aspect::perfect) feats["Aspect"] = "Perf";
    if (*read.aspect == Aspect::imperfect) feats["Aspect"] = "Imp";
    if (*read.aspect == Aspect::imperative) feats["Mood"] = "Imp";
  }
  if (read.mood) feats["Mood"] = of(*read.mood);
  if (read.voice) feats["Voice"] = *read.voice == Voice::active ? "Act" : "Pass";
  if (!read.derivation) return;
  const bool noun = *read.derivation == Derivation::verbal_noun;
  feats["VerbForm"] = noun ? "Vnoun" : "Part";
  if (!noun) feats["Voice"] = *read.derivation == Derivation::active_participle ? "Act" : "Pass";
}

}  // namespace

std::string feats_of(std::string_view features, std::string_view tag, bool with_article) {
  const Features read = with_implied(read_features(features));
  std::map<std::string_view, std::string_view> feats;
  add_of_tag(tag, feats);
  add_verbal(read, feats);
  if (read.person) feats["Person"] = of(*read.person);
  if (read.gender) feats["Gender"] = of(*read.gender);
  if (read.number) feats["Number"] = of(*read.number);
  if (read.grammatical_case) feats["Case"] = of(*read.grammatical_case);
  if (read.state) feats["Definite"] = *read.state == State::definite ? "Def" : "Ind";
  const bool nominal = tag == "N" || tag == "PN" || tag == "ADJ";
  if (tag == "DET" || (with_article && nominal)) feats["Definite"] = "Def";
  std::string out;
  for (const auto& [name, value] : feats) {
    if (!out.empty()) out += '|';
    out += name;
    out += '=';
    out += value;
  }
  return out;
}

}  // namespace kalima::conllu
