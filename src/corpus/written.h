// How the Quranic Arabic Corpus 0.4 writes a value in a features string: mostly its name in the table of
// attributes, some with a label ("MOOD:JUS", "SP:kaAn") or in parentheses ("(IV)").
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "attributes/morphology_values.h"

namespace kalima::corpus {

namespace detail {
template <typename Set>
struct Writing {
  static constexpr std::string_view before = std::is_same_v<Set, attributes::Mood>           ? "MOOD:"
                                             : std::is_same_v<Set, attributes::SpecialGroup> ? "SP:"
                                             : std::is_same_v<Set, attributes::VerbForm>     ? "("
                                                                                             : "";
  static constexpr std::string_view after = std::is_same_v<Set, attributes::VerbForm> ? ")" : "";
  static constexpr std::string_view middle(std::size_t place) {
    return attributes::values_of<Set>()[place].name;
  }
};
template <>
struct Writing<attributes::SegmentType> {
  static constexpr std::string_view before = {}, after = {};
  static constexpr std::string_view middle(std::size_t place) {
    return std::array<std::string_view, 3>{"PREFIX", "STEM", "SUFFIX"}[place];
  }
};
template <>
struct Writing<attributes::Derivation> {
  static constexpr std::string_view before = {}, after = {};
  static constexpr std::string_view middle(std::size_t place) {
    return std::array<std::string_view, 3>{"ACT|PCPL", "PASS|PCPL", "VN"}[place];
  }
};
// A pronoun's person, gender and number follow.
template <>
struct Writing<attributes::Clitic> {
  static constexpr std::string_view before = {}, after = {};
  static constexpr std::string_view middle(std::size_t place) {
    return place == static_cast<std::size_t>(attributes::Clitic::attached_pronoun)
               ? "PRON:"
               : attributes::clitics[place].name;
  }
};
}  // namespace detail

template <typename Set>
std::string written(Set value) {
  using Writing = detail::Writing<Set>;
  std::string out(Writing::before);
  out += Writing::middle(static_cast<std::size_t>(value));
  return out += Writing::after;
}

// The value that is written so, exactly.
template <typename Set>
std::optional<Set> from_written(std::string_view text) {
  using Writing = detail::Writing<Set>;
  if (!text.starts_with(Writing::before) || !text.ends_with(Writing::after)) return std::nullopt;
  if (text.size() < Writing::before.size() + Writing::after.size()) return std::nullopt;
  text.remove_prefix(Writing::before.size());
  text.remove_suffix(Writing::after.size());
  for (std::size_t place = 0; place < attributes::values_of<Set>().size(); ++place) {
    if (Writing::middle(place) == text) return static_cast<Set>(place);
  }
  return std::nullopt;
}

}  // namespace kalima::corpus
