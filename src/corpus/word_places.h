// Where the words of a verse are in its text. A word is a word of the morphology; the text may divide them otherwise:
// pause marks may be free-standing, two pieces may be one word (baEda maA in 2:181), and the basmala before a first
// verse belongs to no word.
//
// Units: code points of the text, from 0, without `to` itself. Pure; every thread may call it at any time.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/verse.h"

namespace kalima::corpus {

struct TextPlace {
  std::uint32_t from = 0, to = 0;
  bool operator==(const TextPlace&) const = default;
};

// A part of a text: a word (text/tokens.h), or the signs and numbers between two words, as white space divides them.
struct TextPiece {
  TextPlace place;
  std::string_view text;  // of the given one
  bool has_letters;       // a word
};
std::vector<TextPiece> text_pieces(std::string_view text);

// A word of a text with the signs beside it: those after it, and those before the first one.
struct TextWord {
  TextPlace place;
  std::string_view text;   // of the given one, without the signs
  std::string_view shown;  // with them
};
std::vector<TextWord> text_words(std::string_view text);

std::string_view text_at(std::string_view text, const TextPlace& place);

// The place of each word, in ascending order; nullopt where it cannot be told. In this order:
//   - the words' forms, if they are the whole text;
//   - word by word, if there are as many in the text, after a basmala that the words leave out;
//   - the division of the text that fits what the morphology says of the words best;
//   - the words whose forms are next, if the text has too few.
std::vector<std::optional<TextPlace>> word_places(const Verse& verse);

// The form of each word: what the text has at its place, with the signs beside it; the word's own form where its place
// is not known. Some sources number the pieces between spaces, so that the own forms are those of earlier words after a
// basmala, or after two pieces that are one word.
std::vector<std::optional<std::string>> word_forms(const Verse& verse,
                                                   std::span<const std::optional<TextPlace>> places);

}  // namespace kalima::corpus
