// Uthmani and modern spelling of a word brought together: first a key that folds strongly and finds
// candidates, then an alignment letter by letter that allows just the licensed differences. README.md lists
// them with examples.
#pragma once

#include <string>

#include "text/letters.h"

namespace kalima::text {

// The letter that a letter counts as when spellings are folded: alif in every form, waw, ya, ha; hamza seats
// without hamza.
char32_t folded_base(const Letter& letter);

// The consonants of a word. Words that are the same in two spellings have the same.
std::u32string consonants(const Letters& word);

// True when the words are the same but for folded letters and licensed differences of spelling. Symmetric.
bool same_word(const Letters& a, const Letters& b);

}  // namespace kalima::text
