// Files are read the same whatever pieces they come in: importers/tanzil_text.h, qac_morphology.h, xml_reader.h.
#include "support/pieces.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "corpus/surahs.h"
#include "importers/qac_morphology.h"
#include "importers/tanzil_text.h"
#include "testing.h"

using namespace kalima;
using importers::SourceStream;

namespace {

constexpr std::size_t blocks[] = {3, 64, 1000, 1u << 20};

SourceStream stream_of(const std::string& text, std::size_t block) {
  return SourceStream("f", text, importers::Limit{.block = block});
}

// The verses with their lines, the comments, or what is wrong.
std::vector<std::string> verses_of(const std::string& text, std::size_t block) {
  std::vector<std::string> out;
  SourceStream file = stream_of(text, block);
  out.push_back(testing::message_of([&] {
    importers::ArabicReader reader(file);
    while (const auto verse = reader.next())
      out.push_back(fmt::format("{}: {}:{} {} {}", verse->line, verse->surah, verse->ayah, verse->bismillah,
                                verse->text));
    out.push_back(reader.comments());
  }));
  return out;
}

constexpr const char* words = "كِتَٰب وَشَمْس";

std::string numbered_surahs() {
  std::string text = "# A notice\n\n";
  for (int ayah = 1; ayah <= 7; ++ayah) text += fmt::format("1|{}|{}\r\n", ayah, words);
  for (int ayah = 1; ayah <= 4; ++ayah) text += fmt::format("112|{}|{}\n#\n\n", ayah, words);
  return text + "# The end";
}

std::string xml_surah() {
  std::string text = "<quran>\n<!-- of\ntwo lines --><sura index='112'>";
  for (int ayah = 1; ayah <= 4; ++ayah) text += fmt::format("<aya index='{}'\n text='{}'/>\n", ayah, words);
  return text + "</sura></quran>\n";
}

std::string plain_text(std::size_t verses) {
  std::string text = "\n# A notice\n";
  for (std::size_t verse = 0; verse < verses; ++verse) text += fmt::format("{}\n\n", words);
  return text + "#\n";
}

}  // namespace

TEST_CASE("texts of each form are read the same in pieces of any size") {
  const std::string good[] = {numbered_surahs(), xml_surah(), plain_text(corpus::all_verses)};
  const std::size_t verses[] = {11, 4, corpus::all_verses};
  for (std::size_t which = 0; which < std::size(good); ++which) {
    const auto expected = verses_of(good[which], blocks[3]);
    CHECK(expected.back() == "");
    CHECK(expected.size() == verses[which] + 2);
    for (const std::size_t block : blocks) CHECK((verses_of(good[which], block) == expected));
    for (const std::size_t size : {good[which].size() / 2, good[which].size() / 3 * 2}) {
      const std::string cut = good[which].substr(0, good[which].rfind('\n', size) + 1);
      const auto said = verses_of(cut, blocks[3]);
      for (const std::size_t block : blocks) CHECK((verses_of(cut, block) == said));
    }
  }
  CHECK(verses_of(plain_text(corpus::all_verses - 1), blocks[3]).back().find("6235 lines with a verse") !=
        std::string::npos);
  CHECK(verses_of(plain_text(corpus::all_verses + 1), blocks[3]).back().find("more than 6236 lines") !=
        std::string::npos);
}

TEST_CASE("a morphology too, whose last line is known") {
  const std::string text =
      "# A notice\nLOCATION\tFORM\tTAG\tFEATURES\n(1:1:1:1)\tbi\tP\tPREFIX|bi+\n"
      "(1:1:1:2)\tsomi\tN\tSTEM|POS:N|LEM:{som\n(1:2:1:1)\t_\tN\tSTEM|POS:N\n";
  const auto read = [](const std::string& from, std::size_t block) {
    std::string out;
    SourceStream file = stream_of(from, block);
    out += testing::message_of([&] {
      importers::QacMorphology reader(file);
      while (const auto verse = reader.next()) {
        out += fmt::format("{}-{} {}:{}", verse->line, verse->end_line, verse->surah, verse->ayah);
        for (const auto& word : verse->words) out += fmt::format(" {}", word.segments.size());
        out += '\n';
      }
    });
    return out;
  };
  const std::string cut = text.substr(0, text.size() - 13), short_line = cut + "\n(1:2:1:2)\t_\tN\tSTEM\n";
  for (const std::size_t block : blocks) {
    CHECK(read(text, block) == "3-5 1:1 2\n5-5 1:2 1\n");
    CHECK(read(cut, block)
              .ends_with("f:5: 3 columns between tabs, expected LOCATION, FORM, TAG, FEATURES; "
                         "is the file cut off?"));
    CHECK(read(short_line, block)
              .ends_with("f:5: 3 columns between tabs, expected LOCATION, FORM, TAG, FEATURES"));
  }
}
