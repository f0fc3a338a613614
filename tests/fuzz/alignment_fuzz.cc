// importers/alignment: the parts of a text are parts of it, in order, with nothing lost between them.
//
// An input is a text on the first line, then the words of the morphology separated by spaces.
//
// libFuzzer: -max_len=512
#include "importers/alignment.h"

#include "fuzzing.h"
#include "support/utf8.h"
#include "text/skeleton.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;

void check_parts(std::string_view text, const std::vector<std::string_view>& parts) {
  std::string_view rest = text;
  for (const std::string_view part : parts) {
    FUZZ_CHECK(!part.empty() && part.data() >= rest.data() &&
               part.data() + part.size() <= rest.data() + rest.size());
    const auto between = static_cast<std::size_t>(part.data() - rest.data());
    FUZZ_CHECK(!text::has_letters(rest.substr(0, between)));
    rest.remove_prefix(between + part.size());
  }
  FUZZ_CHECK(!text::has_letters(rest));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The readers give valid UTF-8.
  const std::string whole = utf8::repaired({reinterpret_cast<const char*>(data), size});
  Input input(reinterpret_cast<const std::uint8_t*>(whole.data()), whole.size());
  const std::string_view text = input.line();
  const auto words = importers::split_words(text);
  if (text::has_letters(text)) check_parts(text, words);
  FUZZ_CHECK(importers::basmala_end(text) <= text.size());
  FUZZ_CHECK(utf8::valid(text::skeleton(text)));
  FUZZ_CHECK(text::skeleton(text::skeleton(text)) == text::skeleton(text));

  std::vector<std::string> skeletons;
  for (const std::string_view word : importers::split_words(input.line()))
    skeletons.push_back(text::skeleton(word));
  const auto aligned = importers::align(text, words, skeletons);
  if (aligned) {
    FUZZ_CHECK(aligned->size() == skeletons.size());
    if (!words.empty()) check_parts(text, *aligned);
  }
  return 0;
}
