// The closed sets of values that a features string of the Quranic Arabic Corpus (QAC) 0.4 can contain: one
// table for each set, with the value as the corpus writes it and its English name.
//
// Source: the corpus' documentation, pages "Part-of-speech tagset" and "Morphological features"
// (https://corpus.quran.com/documentation), compared with every features string of version 0.4. Values that
// the documentation names and version 0.4 does not use (MOOD:ENG, DEF, (I), ACT of a verb) are in the tables
// too.
//
// Threads: everything here is constant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace kalima::corpus {

enum class SegmentType : std::uint8_t { prefix, stem, suffix };

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

// What is written together with a word: prefixes `x+`, suffixes `+x`, and the attached pronoun (`PRON:` with
// person, gender and number). `l:P+` is also found as a suffix, where the script separates it from its noun
// (4:78).
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

enum class Person : std::uint8_t { first, second, third };
enum class Gender : std::uint8_t { masculine, feminine };
enum class Number : std::uint8_t { singular, dual, plural };
enum class Aspect : std::uint8_t { perfect, imperfect, imperative };
enum class Mood : std::uint8_t { indicative, subjunctive, jussive, energetic };
enum class Voice : std::uint8_t { active, passive };
// The twelve patterns of verbs, by their usual Roman numbers.
enum class VerbForm : std::uint8_t { i, ii, iii, iv, v, vi, vii, viii, ix, x, xi, xii };
enum class Derivation : std::uint8_t { active_participle, passive_participle, verbal_noun };
enum class State : std::uint8_t { definite, indefinite };
enum class Case : std::uint8_t { nominative, accusative, genitive };
// Words that govern like kāna, kāda or inna.
enum class SpecialGroup : std::uint8_t { kana, kada, inna };

template <typename Value>
struct Tag {
  Value value;
  std::string_view written;  // in a features string; with `MOOD:` and `SP:`, without `POS:`
  std::string_view name;     // English, in lower case except for Roman numbers
};

// All values of a set, in the order of its enumeration. For each of the sets above.
template <typename Value>
std::span<const Tag<Value>> tags();
template <>
std::span<const Tag<SegmentType>> tags();
template <>
std::span<const Tag<PartOfSpeech>> tags();
template <>
std::span<const Tag<Clitic>> tags();
template <>
std::span<const Tag<Person>> tags();
template <>
std::span<const Tag<Gender>> tags();
template <>
std::span<const Tag<Number>> tags();
template <>
std::span<const Tag<Aspect>> tags();
template <>
std::span<const Tag<Mood>> tags();
template <>
std::span<const Tag<Voice>> tags();
template <>
std::span<const Tag<VerbForm>> tags();
template <>
std::span<const Tag<Derivation>> tags();
template <>
std::span<const Tag<State>> tags();
template <>
std::span<const Tag<Case>> tags();
template <>
std::span<const Tag<SpecialGroup>> tags();

template <typename Value>
const Tag<Value>& tag(Value value) {
  return tags<Value>()[static_cast<std::size_t>(value)];
}
template <typename Value>
std::string_view name(Value value) {
  return tag(value).name;
}
// The value that is written exactly so.
template <typename Value>
std::optional<Value> from_written(std::string_view written) {
  for (const Tag<Value>& tag : tags<Value>()) {
    if (tag.written == written) return tag.value;
  }
  return std::nullopt;
}

PartOfSpeech part_of_speech(Clitic clitic);

}  // namespace kalima::corpus
