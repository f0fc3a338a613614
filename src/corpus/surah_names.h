// Surahs by their names as people write them.
//
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace kalima::corpus {

// Two names of a surah are the same if their keys are: letters and digits in lower case, without marks, and without the
// article (al-, an-, ash- …, ال). Empty for what has no letters. UTF-8.
std::string surah_key(std::string_view name);

}  // namespace kalima::corpus
