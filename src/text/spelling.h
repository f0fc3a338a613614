// Compares the Uthmani and the modern spelling of a word: first by a coarse key that finds candidates, then
// by an alignment letter by letter that allows only listed differences. README.md lists them with examples.
#pragma once

#include <cstddef>
#include <string>

#include "text/letters.h"

namespace kalima::text {

// The folded letter: one alif for all its forms, waw, ya, ha; hamza seats without hamza.
char32_t folded_base(const Letter& letter);

// The consonants of a word. Words that are the same in two spellings have the same.
std::u32string consonants(const Letters& word);

// Whether the signs of two letters that are the same may be those of one word: vowels agree where both letters
// have one. A shadda may be missing only together with its vowel, or where `assimilated` says so: it then comes from
// the letter before.
bool vowels_agree(const Letter& a, const Letter& b, bool assimilated);
// Whether a shadda at one of these places comes from the letter before: at the beginning of a word, and after a letter
// without signs that is read as the next one (وَجَدتُّ, ٱلشَّمْسُ).
bool are_assimilated(const Letters& a, std::size_t i, const Letters& b, std::size_t j);

// Whether both letters or neither have a dagger alif; over a weak letter it does not matter.
bool alifs_agree(const Letter& a, const Letter& b);
// Whether it does not matter in the whole word, because today the word is written without its alif: ٱلرَّحْمَـٰن, ذَٰلِكَ.
bool leaves_alif_out(const Letters& word);

enum class Vowels { agree, ignored };

// True if the words differ only in folded letters and listed differences of spelling. Symmetric.
bool same_word(const Letters& a, const Letters& b, Vowels vowels);

}  // namespace kalima::text
