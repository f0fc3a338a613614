// The steps by which words are looked up, from the strictest to the loosest, as one table: what search, help and
// documentation show of them is taken from here.
//
// Threads: constant data.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace kalima::text {

enum class Step : std::uint8_t {
  // How one word is written. ladder.h compares these.
  exact,
  plain,
  partial_vowels,
  folded,
  modern_spelling,
  regional,
  no_vowels,
  // Other words than those typed. joined.h, proclitics.h and near.h find these.
  split,
  joined,
  no_article,
  typing,
  sound,
  // Words that belong to those typed: search/lexemes.h.
  lemma,
  root,
  // Words in Latin letters: transliterations.h, and search/meanings.h for what words mean.
  transliteration,
  consonants,
  gloss,
  translation,
};

// When a search uses a step.
enum class Use : std::uint8_t {
  always,
  fallback,  // when no stricter step finds anything
  offered,   // when it is asked for; otherwise the answer says how many it would find
};

struct StepInfo {
  Step step;
  std::string_view name;
  Use use;
  std::string_view meaning;       // words are the same if …
  std::string_view typed, found;  // an example
};

// All of them, in order.
std::span<const StepInfo> steps();

// The steps that compare one word with one word: exact to no_vowels.
inline constexpr std::size_t step_count = 7;
inline constexpr Step loosest_step = Step::no_vowels;

// Their names, in order.
inline constexpr std::array<std::string_view, step_count> step_names = {
    "exact", "plain", "partial_vowels", "folded", "modern_spelling", "regional", "no_vowels"};
// The names of all steps, in order.
inline constexpr std::array<std::string_view, 18> all_step_names = {
    "exact",     "plain", "partial_vowels",  "folded",     "modern_spelling", "regional",
    "no_vowels", "split", "joined",          "no_article", "typing",          "sound",
    "lemma",     "root",  "transliteration", "consonants", "gloss",           "translation"};
constexpr std::string_view step_name(Step step) { return all_step_names[static_cast<std::size_t>(step)]; }

}  // namespace kalima::text
