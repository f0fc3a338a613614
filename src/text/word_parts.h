// Where the parts of a word, such as its segments, are in its written form. A part that is written alone may be spelled
// otherwise: ٱلْـَٔاخِرَةِ is ٱلْ and ءَاخِرَةِ.
//
// Units: code points of the word, from 0, without `to` itself. Threads: pure function. No input is an error.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::text {

struct PartPlace {
  std::size_t from = 0, to = 0;  // both the same for a part of which the word has no letter
};

// Of each part, in order; every mark belongs to the letter before it. The division in which the fewest letters differ. Empty
// where that is not known: for words of more than 100 letters, or with code points of other blocks than ASCII and
// U+0600-06FF.
std::vector<PartPlace> places_of_parts(std::u32string_view word, const std::vector<std::u32string>& parts);

}  // namespace kalima::text
