// Set phrases of the Quran that Muslims say and write all the time: found in a text, they quote nothing.
//
// Threads: const.
#pragma once

#include <string>
#include <vector>

#include "quotations/text_words.h"

namespace kalima::quotations {

class Formulas {
 public:
  Formulas();
  // Whether the words [first, end) of a text are one, or part of one, but for a common word at one end.
  bool has(const TextWords& text, std::uint32_t first, std::uint32_t end) const;

 private:
  bool is_part(const TextWords& text, std::uint32_t first, std::uint32_t end) const;

  std::vector<std::vector<std::string>> formulas_;  // the consonants of each word
};

}  // namespace kalima::quotations
