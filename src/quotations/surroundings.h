// What is around a part of a text: brackets of quotations, and words that announce one.
//
// Threads: pure functions.
#pragma once

#include <cstdint>
#include <string_view>

#include "quotations/text_words.h"

namespace kalima::quotations {

// What the surroundings of the words [first, end) add to the bits of a quotation.
double bits_around(std::u32string_view text, const TextWords& words, std::uint32_t first, std::uint32_t end);

}  // namespace kalima::quotations
