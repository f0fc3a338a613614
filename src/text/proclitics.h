// Particles that are written together with the next word. The table has those of Arabic grammars and of the
// prefix segments in the Quranic Arabic Corpus.
//
// Units: code points, offsets 0-based. Threads: pure functions. No input is an error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/letters.h"

namespace kalima::text {

// A way to read the beginning of a word as proclitics: أ (question), then و or ف, then either يَـٰ (vocative)
// or ل and one of ب, ك, س; each may be missing. If a vowel is written, it is the one that the proclitic has.
struct Proclitic {
  std::uint32_t size;      // code points, up to the first letter of the rest
  std::uint8_t particles;  // how many
  bool elided_article;     // the rest belongs to a word with ال after ل: put an alif before it
};

// All ways, the shortest first. The rest has two letters or more. Words with code points of other blocks than those
// of Arabic have none.
std::vector<Proclitic> proclitics(std::u32string_view word);

// The particles as they are written alone, for a beginning of a word that proclitics() found: "وب" for وَبِ,
// "يا" for يَـٰ.
std::string proclitic_name(std::u32string_view beginning);

// Where a word goes on after the article ال, from its `begin` on (0, or the end of its proclitics): the offset of
// the first letter of the rest. nullopt without an article, or if the rest has fewer than two letters.
std::optional<std::uint32_t> after_article(std::u32string_view word, std::uint32_t begin = 0);

}  // namespace kalima::text
