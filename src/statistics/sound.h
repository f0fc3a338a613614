// What can be counted of how words sound and are written: runs of verses that rhyme, letters and their numbers, words with
// the same letters or sound.
//
// Threads: one request is answered by one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "statistics/scope.h"
#include "statistics/sheet.h"

namespace kalima::statistics {

inline constexpr Column rhyme_columns[] = {
    {"verses", true, "verses in a row that end alike"},
    {"first", true, "number of the first one"},
    {"last", true, "number of the last one"},
};
inline constexpr Column rhyme_facts[] = {
    {"runs", true, "runs of one verse or more"},
    {"longest", true, "verses of the longest one"},
    {"neighbours", true, "pairs of verses that follow each other in a surah"},
    {"alike", true, "such pairs that end alike"},
};
inline constexpr std::string_view rhyme_attributes[] = {"rhyme", "rhyme_letter", "rhyme_vowel"};

struct RhymeRequest {
  std::size_t attribute = 1;  // in rhyme_attributes
  std::uint64_t min_verses = 2;
  bool by_length = true;  // the longest first; otherwise in the order of the text
  Page page;
};
// Of the verses whose last word is in the scope.
Sheet rhymes(const Source& source, const Scope& scope, const Hits& hits, const RhymeRequest& request,
             query::Guard& guard);

inline constexpr Column letter_columns[] = {
    {"count", true, "how often the letter is written"},
    {"share", false, "of all letters, from 0 to 1"},
    {"words", true, "words that have it"},
    {"value", true, "its number (abjad)"},
    {"sum", true, "count times value"},
};
inline constexpr Column letter_facts[] = {
    {"words_total", true, "words counted"},
    {"kinds", true, "different letters"},
    {"abjad", true, "the sum of all numbers"},
};
// Of the words of the hits, as the attribute `plain` has them.
Sheet letters(const Source& source, const Scope& scope, const Hits& hits, const Page& page,
              query::Guard& guard);

inline constexpr Column alike_columns[] = {
    {"members", true, "different values"},
    {"hits", true, "words with one of them"},
};
inline constexpr Column alike_facts[] = {
    {"kinds", true, "different values that were compared"},
    {"groups", true, "groups of values that are alike"},
};
enum class Alike : std::uint8_t { anagrams, sounds, reversals, palindromes };
inline constexpr std::string_view alike_names[] = {"anagrams", "sounds", "reversals", "palindromes"};

struct AlikeRequest {
  Alike kind = Alike::anagrams;
  attributes::Attribute attribute = attributes::Attribute::root;
  std::string value;  // only the group with it; empty for all
  std::uint64_t min_letters = 3;
  Page page;
};
// Groups of values that have the same letters in any order, sound alike, are each other's reverse, or read the same both
// ways. Letters are without marks.
Sheet alike(const Source& source, const Scope& scope, const Hits& hits, const AlikeRequest& request,
            query::Guard& guard);

}  // namespace kalima::statistics
