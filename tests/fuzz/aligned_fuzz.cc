// corpus/word_places and text/aligned: the words of a text are parts of it, in order; aligned, each of them is in one part.
//
// An input is a text on the first line, then the words of another source separated by spaces.
//
// libFuzzer: -max_len=512
#include "text/aligned.h"

#include "corpus/word_places.h"
#include "fuzzing.h"
#include "importers/verse_text.h"
#include "support/utf8.h"
#include "text/basmala.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;

std::vector<std::u32string> words_of(std::string_view text) {
  std::vector<std::u32string> words;
  const char* end = text.data();
  for (const corpus::TextWord& word : corpus::text_words(text)) {
    FUZZ_CHECK(!word.shown.empty() && word.shown.data() >= end);
    end = word.shown.data() + word.shown.size();
    FUZZ_CHECK(end <= text.data() + text.size());
    FUZZ_CHECK(corpus::text_at(text, word.place) == word.shown);
    FUZZ_CHECK(word.text.data() >= word.shown.data() && word.text.data() + word.text.size() <= end);
    words.push_back(utf8::to_code_points(word.text));
  }
  return words;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The readers give valid UTF-8.
  const std::string whole = utf8::repaired({reinterpret_cast<const char*>(data), size});
  Input input(reinterpret_cast<const std::uint8_t*>(whole.data()), whole.size());
  const std::string_view text = input.line();
  FUZZ_CHECK(text::basmala_end(utf8::to_code_points(text)) <= text.size());
  importers::not_arabic_text(text, 1);
  importers::not_plain_text(text);
  const auto words = words_of(text), wanted = words_of(input.line());
  const auto parts = text::aligned(words, wanted);
  if (!parts) return 0;
  FUZZ_CHECK(parts->size() == wanted.size());
  std::size_t next = 0;
  for (const text::Aligned& part : *parts) {
    FUZZ_CHECK(part.first == next);
    next += part.count;
  }
  FUZZ_CHECK(wanted.empty() || next == words.size());
  return 0;
}
