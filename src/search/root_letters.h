// The letters of a root, under the spellings that RootFinder treats as equal.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::search {

// Characters that may separate the letters of a root: white space, punctuation, tatweel, marks of direction
// and joining.
bool separates_letters(char32_t c);

// The Arabic letters of a text in Arabic script or, if it is all ASCII, in Buckwalter; without separators and
// vowel signs. A second letter with shadda at the end of the text counts twice. nullopt if the text contains
// any other character.
std::optional<std::u32string> arabic_letters(std::u32string_view text);

// Hamza with any seat as alif, alif maqsura as ya, letters of Persian and Urdu keyboards as Arabic ones.
std::u32string with_hamza_folded(std::u32string letters);
// The same, with alif, waw and ya as one letter.
std::u32string with_weak_folded(std::u32string letters);

// A text as loose Latin letters: what each of its positions may mean.
class LatinReading {
 public:
  explicit LatinReading(std::string_view text);

  // How far the reading is from the letters of a root in Buckwalter (0: each by its first choice); nullopt if
  // it cannot be read as that root.
  std::optional<std::size_t> distance(std::string_view root) const;

 private:
  struct Choice {
    std::size_t next;          // the position after it
    std::string_view letters;  // in Buckwalter, most likely first
  };
  std::vector<std::vector<Choice>> choices_;  // of each position
};

}  // namespace kalima::search
