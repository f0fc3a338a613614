// References as books, messages and titles write them: "surah 2, verse 255", "Q2:255", "الآية ٢٥٥ من سورة البقرة", "2：255–257".
//
// Texts are UTF-8. Threads: pure functions of constant data.
#pragma once

#include <string>
#include <string_view>

namespace kalima::api::v1 {

struct WrittenReference {
  std::string name;  // of a surah, as it is written; empty without one
  std::string
      numbers;  // "2:255", "255-257", "juz:30", "surah:2"; "juz:" if a name says which. Empty: not a reference
};

// The parts of a reference, without the words and signs between them. Whether there is such a surah or verse is not looked at.
WrittenReference read_reference(std::string_view typed);

}  // namespace kalima::api::v1
