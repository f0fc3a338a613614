// English words as the other side of the Atlantic spells them: judgement and judgment, honour and honor; and irregular plurals:
// women and woman.
//
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kalima::search {

// The spellings that a word in lower case may have instead, and the other number of an irregular noun; not each of them is a word.
std::vector<std::string> other_spellings(std::string_view word);

}  // namespace kalima::search
