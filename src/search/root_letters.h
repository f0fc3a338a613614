// The letters that make a root, under the ways of writing them that RootFinder equates.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::search {

// What may stand between the letters of a root and is no letter: white space, punctuation, tatweel, marks of
// direction and joining.
bool separates_letters(char32_t c);

// The Arabic letters of a text in Arabic script or, when it is all ASCII, in Buckwalter; no separators, no
// vowel signs. A second letter that ends the text with shadda counts twice. Nothing when another character is
// in it.
std::optional<std::u32string> arabic_letters(std::u32string_view text);

// Hamza with any seat as alif, alif maqsura as ya, letters of Persian and Urdu keyboards as the Arabic ones.
std::u32string with_hamza_folded(std::u32string letters);
// That, and alif, waw and ya as one.
std::u32string with_weak_folded(std::u32string letters);

// A text as loose Latin letters: what each of its places may stand for.
class LatinReading {
 public:
  explicit LatinReading(std::string_view text);

  // How far the reading is from the letters of a root in Buckwalter (0: each by its first choice); nothing
  // when it cannot be read so.
  std::optional<std::size_t> distance(std::string_view root) const;

 private:
  struct Choice {
    std::size_t next;          // the place behind it
    std::string_view letters;  // in Buckwalter, the likeliest first
  };
  std::vector<std::vector<Choice>> choices_;  // of each place
};

}  // namespace kalima::search
