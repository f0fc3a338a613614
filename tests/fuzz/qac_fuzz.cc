// importers/qac_morphology: a file is refused with its line, or its verses come in ascending order, each with
// words and segments that are numbered from 1.
#include "importers/qac_morphology.h"

#include <tuple>

#include "fuzzing.h"
#include "importers/source_file.h"
#include "small_blocks.h"
#include "support/utf8.h"

using namespace kalima;
using namespace kalima::fuzzing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const MemoryFile bytes({reinterpret_cast<const char*>(data), size});
  refused_or([&] {
    const importers::SourceFile whole(bytes.path(), importers::Limit{});
    const std::string_view text = whole.text();
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    importers::SourceStream file(bytes.path(), small_blocks);
    importers::QacMorphology reader(file);
    std::tuple<int, int> before{0, 0};
    std::size_t line = 0;
    while (const auto verse = reader.next()) {
      FUZZ_CHECK(verse->surah >= 1 && verse->ayah >= 1 && std::tuple(verse->surah, verse->ayah) > before);
      before = {verse->surah, verse->ayah};
      FUZZ_CHECK(verse->line > line && verse->line <= reader.line() && reader.line() <= lines);
      line = verse->line;
      FUZZ_CHECK(!verse->words.empty());
      for (std::size_t w = 0; w < verse->words.size(); ++w) {
        const importers::QacWord& word = verse->words[w];
        FUZZ_CHECK(!word.segments.empty() && utf8::valid(word.form));
        std::string form;
        for (std::size_t s = 0; s < word.segments.size(); ++s) {
          FUZZ_CHECK(word.segments[s].id == std::to_string(w + 1) + '.' + std::to_string(s + 1));
          FUZZ_CHECK(word.segments[s].features && word.segments[s].pos);
          form += word.segments[s].form.value_or("");
        }
        FUZZ_CHECK(form == word.form);
      }
    }
    return true;
  });
  return 0;
}
