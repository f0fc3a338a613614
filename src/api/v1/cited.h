// References that are written beside words: "الله 2:255", "قل هو الله أحد [الإخلاص: 1]". The words are sought there.
//
// Texts are UTF-8. Threads: pure functions of facts that are part of the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/v1/references.h"

namespace kalima::api::v1 {

struct Cited {
  std::vector<Reference> references;  // in the order of the text
  std::string places;                 // the same as they are written, with spaces between them
  std::string
      words;  // the text with spaces for the code points of the references, so that places in it are the same
};

// References that nothing else can be: with a colon between numbers (2:255, 2:1-5, juz:30), or in brackets the name of a surah
// with a verse. A number alone is the number of a verse that was pasted.
Cited find_cited(std::string_view text);

}  // namespace kalima::api::v1
