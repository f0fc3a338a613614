#include "conllu/feats.h"

#include <map>

namespace kalima::conllu {
namespace {

using namespace corpus;  // the values of a features string

template <typename Set>
std::string_view ud(Set set) {
  return attributes::value(set).ud;
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
    if (*read.aspect == Aspect::imperative) {
      feats["Mood"] = "Imp";
    } else {
      feats["Aspect"] = ud(*read.aspect);
    }
  }
  if (read.mood) feats["Mood"] = ud(*read.mood);
  if (read.voice) feats["Voice"] = ud(*read.voice);
  if (!read.derivation) return;
  const bool noun = *read.derivation == Derivation::verbal_noun;
  feats["VerbForm"] = noun ? "Vnoun" : "Part";
  if (!noun) feats["Voice"] = *read.derivation == Derivation::active_participle ? "Act" : "Pass";
}

}  // namespace

std::string feats_of(std::string_view features, std::string_view tag, bool with_article) {
  return feats_of(with_implied(read_features(features)), tag, with_article);
}

std::string feats_of(const Features& read, std::string_view tag, bool with_article) {
  std::map<std::string_view, std::string_view> feats;
  add_of_tag(tag, feats);
  add_verbal(read, feats);
  if (read.person) feats["Person"] = ud(*read.person);
  if (read.gender) feats["Gender"] = ud(*read.gender);
  if (read.number) feats["Number"] = ud(*read.number);
  if (read.grammatical_case) feats["Case"] = ud(*read.grammatical_case);
  if (read.state) feats["Definite"] = ud(*read.state);
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
