// Code points that other keyboards, languages and fonts use for the letters of Arabic.
#pragma once

#include <optional>
#include <string_view>

#include "text/letters.h"

namespace kalima::text {

// The word's letters with those of Arabic in place of presentation forms (U+FB50-FDFF, U+FE70-FEFC: what NFKD
// makes of them) and of letters of Persian, Urdu, Uighur, Maghribi and African spelling; nullopt if the word
// has none of them. A letter for a sound that Arabic does not have stays. The offsets are meaningless.
// Threads: pure function. No input is an error.
std::optional<Letters> standard_letters(std::u32string_view word);

}  // namespace kalima::text
