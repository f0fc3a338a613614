// Particles that are written as one with the word behind them, by a table: what Arabic grammars list, and
// what the prefix segments of the Quranic Arabic Corpus are.
//
// Units: code points, offsets 0-based. Threads: pure functions. No input is an error.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/letters.h"

namespace kalima::text {

// A way to read the beginning of a word as proclitics: أ (question), then و or ف, then either يَـٰ (vocative) or ل and one of
// ب, ك, س; each may be missing, and each has the vowel that it has as a proclitic where a vowel is written.
struct Proclitic {
  std::uint32_t size;      // code points, up to the first letter of the rest
  std::uint8_t particles;  // how many
  bool elided_article;     // the rest is what is left of a word with ال behind ل: put an alif before it
};

// All ways, the shortest first. The rest has two letters or more. Words with code points other than ASCII and
// U+0600-06FF have none.
std::vector<Proclitic> proclitics(std::u32string_view word);

// The particles as one writes them by themselves, for the beginning of a word that proclitics() gave: "وب"
// for وَبِ, "يا" for يَـٰ.
std::string proclitic_name(std::u32string_view beginning);

}  // namespace kalima::text
