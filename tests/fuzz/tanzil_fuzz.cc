// importers/tanzil_text: a file is refused with its line, or its verses are those of whole surahs in their
// order.
#include "importers/tanzil_text.h"

#include "corpus/surahs.h"
#include "fuzzing.h"
#include "support/files.h"
#include "support/utf8.h"

using namespace kalima;
using namespace kalima::fuzzing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const MemoryFile bytes({reinterpret_cast<const char*>(data), size});
  refused_or([&] {
    const importers::SourceFile file(bytes.path(), files::no_limit);
    importers::TanzilText text = importers::read_tanzil(file);
    FUZZ_CHECK(!text.verses.empty() && utf8::valid(text.comments));
    int surah = 0, ayah = 0, left = 0;
    for (const importers::TextVerse& verse : text.verses) {
      if (left == 0) {
        FUZZ_CHECK(verse.surah > surah && verse.surah <= 114 && verse.ayah == 1);
        surah = verse.surah;
        ayah = 0;
        left = corpus::surahs()[static_cast<std::size_t>(surah) - 1].verses;
      }
      FUZZ_CHECK(verse.surah == surah && verse.ayah == ++ayah);
      FUZZ_CHECK(utf8::valid(verse.text) && utf8::valid(verse.bismillah));
      --left;
    }
    FUZZ_CHECK(left == 0);

    const std::vector<importers::TextVerse> before = text.verses;
    importers::finish_arabic_text(file, text);
    FUZZ_CHECK(text.verses.size() == before.size());
    for (std::size_t v = 0; v < before.size(); ++v) {
      const importers::TextVerse& verse = text.verses[v];
      FUZZ_CHECK(!verse.text.empty());
      // What is moved away from the text is all in the basmala.
      FUZZ_CHECK(verse.text == before[v].text ||
                 (before[v].text.starts_with(verse.bismillah) && before[v].text.ends_with(verse.text)));
      FUZZ_CHECK(verse.bismillah.empty() || (verse.ayah == 1 && verse.surah != 1 && verse.surah != 9) ||
                 verse.bismillah == before[v].bismillah);
    }
    return true;
  });
  return 0;
}
