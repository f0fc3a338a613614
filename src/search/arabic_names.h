// Names and terms that English and messages write in their own way: Moses, Satan, zakat. Which Arabic words they are
// (data/divisions/word_names.txt).
//
// Threads: pure functions of facts that are part of the program.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::search {

// The Arabic of a name in Latin letters, as a text query (text_query.h), in any case, with or without its article, signs of
// scholars, apostrophes and hyphens; nullopt for any other text.
std::optional<std::string> arabic_of_name(std::string_view utf8);

// How else the name is written, in lower case; empty for any other text.
std::vector<std::string> other_names(std::string_view utf8);

// Names that are one mistake away from what was typed, as the table writes them.
std::vector<std::string> names_near(std::string_view utf8);

}  // namespace kalima::search
