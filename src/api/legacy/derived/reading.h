// The old server's reading of a features string: crude substring tests, kept unchanged because its answers
// are a contract. The tests run in the order below and the first that holds decides. Known mistakes are part
// of it: any root or lemma that contains "ACT" makes a segment active, Form XI is not recognised, and so on.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kalima::api::legacy {

struct Reading {
  // English words as the answers have them: "Form IV", "3rd", "plural", "masculine", "passive", "jussive",
  // "genitive", "imperfect", "imperfective". They point to constants, except for the verb form.
  std::optional<std::string_view> person, number, gender, voice, mood, grammatical_case, tense, aspect;
  std::optional<std::string> verb_form;

  bool operator==(const Reading&) const = default;
};

Reading read_features(std::string_view features);

// The English name of a part-of-speech tag, or the tag itself if the old server had no name for it.
std::string_view pos_name(std::string_view tag);

}  // namespace kalima::api::legacy
