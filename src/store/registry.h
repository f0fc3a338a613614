// The sections of the registry, where documents are that belong to no verse.
#pragma once

#include <algorithm>
#include <string_view>

namespace kalima::store {

// Those of a data folder's file of tags and patterns, which has other members too.
inline constexpr std::string_view file_sections[] = {"tags", "patterns"};
// Those that only Kalima has.
inline constexpr std::string_view own_sections[] = {"saved_queries", "subcorpora", "word_lists"};

constexpr bool is_file_section(std::string_view name) {
  return std::ranges::find(file_sections, name) != std::end(file_sections);
}
constexpr bool is_section(std::string_view name) {
  return is_file_section(name) || std::ranges::find(own_sections, name) != std::end(own_sections);
}

}  // namespace kalima::store
