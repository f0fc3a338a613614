// Compares the Uthmani and the modern spelling of a word: first by a coarse key that finds candidates, then
// by an alignment letter by letter that allows only listed differences. README.md lists them with examples.
#pragma once

#include <string>

#include "text/letters.h"

namespace kalima::text {

// The folded letter: one alif for all its forms, waw, ya, ha; hamza seats without hamza.
char32_t folded_base(const Letter& letter);

// The consonants of a word. Words that are the same in two spellings have the same.
std::u32string consonants(const Letters& word);

// True if the words differ only in folded letters and listed differences of spelling. Symmetric.
bool same_word(const Letters& a, const Letters& b);

}  // namespace kalima::text
