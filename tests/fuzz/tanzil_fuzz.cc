// importers/tanzil_text: a file is refused with its line, or its verses are those of whole surahs in their
// order.
#include "importers/tanzil_text.h"

#include "corpus/surahs.h"
#include "fuzzing.h"
#include "small_blocks.h"
#include "support/utf8.h"

using namespace kalima;
using namespace kalima::fuzzing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const MemoryFile bytes({reinterpret_cast<const char*>(data), size});
  refused_or([&] {
    importers::SourceStream file(bytes.path(), small_blocks), again(bytes.path(), importers::Limit{});
    importers::TanzilReader verses(file);
    std::vector<importers::TextVerse> before;
    int surah = 0, ayah = 0, left = 0;
    while (const auto verse = verses.next()) {
      if (left == 0) {
        FUZZ_CHECK(verse->surah > surah && verse->surah <= 114 && verse->ayah == 1);
        surah = verse->surah;
        ayah = 0;
        left = corpus::surahs()[static_cast<std::size_t>(surah) - 1].verses;
      }
      FUZZ_CHECK(verse->surah == surah && verse->ayah == ++ayah);
      FUZZ_CHECK(utf8::valid(verse->text) && utf8::valid(verse->bismillah));
      --left;
      before.push_back(*verse);
    }
    FUZZ_CHECK(left == 0 && !before.empty() && utf8::valid(verses.comments()));

    importers::ArabicReader arabic(again);
    for (const importers::TextVerse& raw : before) {
      const auto verse = arabic.next();
      FUZZ_CHECK(verse && !verse->text.empty() && verse->line == raw.line);
      // What is moved away from the text is all in the basmala.
      FUZZ_CHECK(verse->text == raw.text ||
                 (raw.text.starts_with(verse->bismillah) && raw.text.ends_with(verse->text)));
      FUZZ_CHECK(verse->bismillah.empty() || (verse->ayah == 1 && verse->surah != 1 && verse->surah != 9) ||
                 verse->bismillah == raw.bismillah);
    }
    FUZZ_CHECK(!arabic.next() && arabic.comments() == verses.comments());
    return true;
  });
  return 0;
}
