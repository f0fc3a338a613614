// The vowels with which words end at a stop, in the order of text::EndVowel.
#pragma once

#include <array>

#include "attributes/value.h"

namespace kalima::attributes {

inline constexpr auto end_vowels = std::to_array<Value>({
    {"a", "short a", "فتحة", "", "fatha"},
    {"i", "short i", "كسرة", "", "kasra"},
    {"u", "short u", "ضمة", "", "damma"},
    {"aa", "long a", "ألف مد", "", ""},
    {"ii", "long i", "ياء مد", "", ""},
    {"uu", "long u", "واو مد", "", ""},
    {"ay", "ay", "ياء لين", "", "ai"},
    {"aw", "aw", "واو لين", "", "au"},
    {"none", "two consonants", "سكون", "", "sukun"},
});

}  // namespace kalima::attributes
