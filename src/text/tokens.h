// An Arabic text as words: the one tokenizer, for what is imported and for what is searched.
//
// A word is a run of letters with their signs. Between words is white space of any kind, punctuation, numbers in
// the digits of any script, also raised or encircled, ayah and sajdah signs, and honorific ligatures (ﷺ). A pause mark belongs to the word
// before it, after a space too; it ends that word. A space that carries a sign is part of the word
// (code_points.h). ﷽ is four words.
//
// Units: code points, 0-based. Threads: pure functions. No input is an error.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::text {

struct Token {
  std::uint32_t begin, end;  // what to show: with the signs and the pause mark that belong to it
  std::u32string word;  // the same code points, or the word of a ligature; without pause marks after a space
};

std::vector<Token> tokens(std::u32string_view text);

}  // namespace kalima::text
