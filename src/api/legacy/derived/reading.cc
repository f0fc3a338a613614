#include "api/legacy/derived/reading.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

namespace kalima::api::legacy {
namespace {

using Words = std::initializer_list<std::string_view>;

bool contains_any(std::string_view text, Words parts) {
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

std::string upper_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

// What \((I{1,3}V?|VI{0,3}|I?X)\) matches between its parentheses.
constexpr std::array<std::string_view, 12> numerals = {"I", "II", "III", "IV",   "IIV", "IIIV",
                                                       "V", "VI", "VII", "VIII", "X",   "IX"};

std::optional<std::string> verb_form(std::string_view features) {
  for (std::size_t open = features.find('('); open != std::string_view::npos;
       open = features.find('(', open + 1)) {
    const std::size_t close = features.find(')', open);
    if (close == std::string_view::npos) break;
    const std::string_view inside = features.substr(open + 1, close - open - 1);
    if (std::find(numerals.begin(), numerals.end(), inside) != numerals.end()) {
      return "Form " + std::string(inside);
    }
  }
  return std::nullopt;
}

}  // namespace

Reading read_features(std::string_view features) {
  const std::string upper = upper_ascii(features);
  const auto has = [&](Words parts) { return contains_any(features, parts); };
  const auto upper_has = [&](Words parts) { return contains_any(upper, parts); };
  Reading r;
  r.verb_form = verb_form(features);

  if (has({"1P", "1S", "1D"})) {
    r.person = "1st";
  } else if (has({"2P", "2MS", "2FS", "2MD", "2FD", "2MP", "2FP"})) {
    r.person = "2nd";
  } else if (has({"3P", "3MS", "3FS", "3MD", "3FD", "3MP", "3FP"})) {
    r.person = "3rd";
  }

  if (has({"S|", "MS", "FS"}) || features.ends_with('S')) {
    r.number = "singular";
  } else if (has({"D|", "MD", "FD"}) || features.ends_with('D')) {
    r.number = "dual";
  } else if (has({"P|", "MP", "FP"}) || features.ends_with('P')) {
    r.number = "plural";
  }

  if (has({"|M", "MS", "MD", "MP"})) {
    r.gender = "masculine";
  } else if (has({"|F", "FS", "FD", "FP"})) {
    r.gender = "feminine";
  }

  if (upper_has({"ACT"})) {
    r.voice = "active";
  } else if (upper_has({"PASS"})) {
    r.voice = "passive";
  }

  if (has({"MOOD:IND"})) {
    r.mood = "indicative";
  } else if (upper_has({"MOOD:SJ", "SUBJ"})) {
    r.mood = "subjunctive";
  } else if (upper_has({"JUS"})) {
    r.mood = "jussive";
  }

  if (upper_has({"NOM"})) {
    r.grammatical_case = "nominative";
  } else if (upper_has({"ACC"})) {
    r.grammatical_case = "accusative";
  } else if (upper_has({"GEN"})) {
    r.grammatical_case = "genitive";
  }

  if (upper_has({"PERF"})) {
    r.tense = "perfect";
    r.aspect = "perfective";
  } else if (upper_has({"IMPF"})) {
    r.tense = "imperfect";
    r.aspect = "imperfective";
  } else if (upper_has({"IMPV"})) {
    r.tense = "imperative";
  }
  return r;
}

std::string_view pos_name(std::string_view tag) {
  static constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"ACC", "Accusative Particle"},
      {"ADJ", "Adjective"},
      {"AMD", "Amendment Particle"},
      {"ANS", "Answer Particle"},
      {"AVR", "Aversion Particle"},
      {"CAUS", "Causative Particle"},
      {"CERT", "Certainty Particle"},
      {"CIRC", "Circumstantial Particle"},
      {"COM", "Comitative Particle"},
      {"COND", "Conditional Particle"},
      {"CONJ", "Conjunction"},
      {"DET", "Determiner"},
      {"EMPH", "Emphatic Particle"},
      {"EQ", "Equalization Particle"},
      {"EXH", "Exhortation Particle"},
      {"EXL", "Explanation Particle"},
      {"EXP", "Exceptive Particle"},
      {"FUT", "Future Particle"},
      {"IMPV", "Imperative Particle"},
      {"INC", "Inceptive Particle"},
      {"INT", "Intensification Particle"},
      {"INTERROG", "Interrogative"},
      {"INTG", "Interrogative Particle"},
      {"N", "Noun"},
      {"NEG", "Negative Particle"},
      {"P", "Preposition"},
      {"PN", "Proper Noun"},
      {"PRO", "Prohibition Particle"},
      {"PRON", "Pronoun"},
      {"REL", "Relative Pronoun"},
      {"REM", "Resumption Particle"},
      {"RES", "Restriction Particle"},
      {"RET", "Retraction Particle"},
      {"RSLT", "Result Particle"},
      {"SUB", "Subordinating Conjunction"},
      {"SUP", "Supplemental Particle"},
      {"SUR", "Surprise Particle"},
      {"T", "Particle"},
      {"V", "Verb"},
      {"VOC", "Vocative Particle"},
  };
  for (const auto& [known, name] : names) {
    if (known == tag) return name;
  }
  return tag;
}

}  // namespace kalima::api::legacy
