// text/ladder, text/proclitics: comparing two words is symmetric, a word is the same as itself at the strictest step, a
// step's form is its own form, and words that match share the key under which they are looked up.
#include "text/ladder.h"

#include "fuzzing.h"
#include "support/utf8.h"
#include "text/proclitics.h"

using namespace kalima;
using namespace kalima::fuzzing;

namespace {

// Code points of Arabic and around it, so that words get alike.
std::u32string word_of(Input& input, std::size_t length) {
  static constexpr char32_t common[] =
      U"ابتثةىيوءأإآؤئٱلمنهكکگیےۀہھًٌٍَُِّْٰٕٓٔـۖۗۘۙۚۛۜ۝۞ٯ";
  std::u32string word;
  while (word.size() < length && !input.empty()) {
    const std::uint8_t byte = input.byte();
    const std::size_t known = sizeof common / sizeof *common - 1;
    word += byte < 200 ? common[byte % known] : static_cast<char32_t>(0x600 + byte);
  }
  return word;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const std::u32string first = word_of(input, input.byte() % 24);
  const std::u32string second = word_of(input, input.byte() % 24);
  const text::Word a(first), b(second);
  FUZZ_CHECK(text::match(a, a) == text::Step::exact);
  const auto step = text::match(a, b);
  FUZZ_CHECK(step == text::match(b, a));
  if (step) FUZZ_CHECK(text::match_key(a.letters) == text::match_key(b.letters));
  for (std::size_t s = 0; s < text::step_count; ++s) {
    const auto at = static_cast<text::Step>(s);
    // What is allowed at a step is what was found at it or before.
    FUZZ_CHECK(text::match(a, b, at).has_value() == (step && *step <= at));
    const std::u32string form = text::normal_form(at, first);
    FUZZ_CHECK(text::normal_form(at, form) == form);
  }
  return 0;
}
