// Code points with which other keyboards, languages and fonts write the letters of Arabic.
#pragma once

#include <optional>
#include <string_view>

#include "text/letters.h"

namespace kalima::text {

// The word's letters with those of Arabic in place of presentation forms (U+FB50-FDFF, U+FE70-FEFC: what NFKD
// makes of them) and of letters of Persian, Urdu, Uighur, Maghribi and African spelling; nothing when it has
// none. A letter for a sound that Arabic lacks stays. Offsets are of no use. Pure; no input is an error.
std::optional<Letters> standard_letters(std::u32string_view word);

}  // namespace kalima::text
