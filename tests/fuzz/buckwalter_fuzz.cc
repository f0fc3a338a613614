// text/buckwalter: what has a counterpart comes back from it, both ways, character by character.
//
// libFuzzer: -max_len=256
#include "text/buckwalter.h"

#include "fuzzing.h"
#include "support/utf8.h"

using namespace kalima;
using namespace kalima::fuzzing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto arabic = text::arabic_from_buckwalter(text)) {
    FUZZ_CHECK(utf8::valid(*arabic) && utf8::to_code_points(*arabic).size() == size);
    FUZZ_CHECK(text::buckwalter_from_arabic(*arabic) == text);
  } else {
    FUZZ_CHECK(std::any_of(text.begin(), text.end(), [](char c) { return !text::arabic_letter(c); }));
  }
  if (const auto latin = text::buckwalter_from_arabic(text)) {
    FUZZ_CHECK(utf8::valid(text) && latin->size() == utf8::to_code_points(text).size());
    FUZZ_CHECK(text::arabic_from_buckwalter(*latin) == text);
  } else {
    const std::u32string points = utf8::to_code_points(text);
    FUZZ_CHECK(
        std::any_of(points.begin(), points.end(), [](char32_t c) { return !text::buckwalter_letter(c); }));
  }
  return 0;
}
