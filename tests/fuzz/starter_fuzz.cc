// importers/starter: a file is refused with its line, or its verses are whole: numbered from 1, with words
// whose parts are their segments.
#include "importers/starter.h"

#include <algorithm>

#include "api/legacy/verses/verse_json.h"
#include "fuzzing.h"
#include "support/utf8.h"

using namespace kalima;
using namespace kalima::fuzzing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto surah = refused_or([&] {
    const importers::SourceFile file("f.txt", std::string(reinterpret_cast<const char*>(data), size));
    return importers::read_starter(file, "2026-01-31T12:00:00.000000");
  });
  if (!surah) return 0;
  FUZZ_CHECK(!surah->verses.empty());
  for (const auto& sentence : surah->sentences) {
    FUZZ_CHECK(!sentence.empty() && corpus::is_tree(sentence));
    for (const corpus::SyntaxNode& node : sentence)
      FUZZ_CHECK(node.ayah >= 1 && node.ayah <= static_cast<std::int64_t>(surah->verses.size()));
  }
  for (std::size_t v = 0; v < surah->verses.size(); ++v) {
    const corpus::Verse& verse = surah->verses[v];
    FUZZ_CHECK(verse.ayah == static_cast<std::int64_t>(v) + 1 && verse.surah >= 1 && verse.surah <= 114);
    FUZZ_CHECK(!verse.words.empty() && utf8::valid(verse.text));
    std::string text;
    for (std::size_t w = 0; w < verse.words.size(); ++w) {
      const corpus::Word& word = verse.words[w];
      FUZZ_CHECK(word.id == static_cast<std::int64_t>(w) + 1 && !word.segments.empty());
      std::string form;
      for (const corpus::Segment& segment : word.segments) {
        FUZZ_CHECK(segment.form && segment.type && segment.pos && segment.features);
        form += *segment.form;
      }
      FUZZ_CHECK(word.form == form);
      text += (text.empty() ? "" : " ") + form;
    }
    FUZZ_CHECK(verse.text == text);
    const auto written = api::legacy::verse_from_json(api::legacy::to_json(verse));
    FUZZ_CHECK(written.layout.empty() && to_json(written) == api::legacy::to_json(verse));
    FUZZ_CHECK(std::count_if(verse.research.begin(), verse.research.end(), [](const corpus::Research& list) {
                 return list.kind == corpus::ResearchKind::translation && list.documents.size() == 1;
               }) == 1);
  }
  return 0;
}
