#include "importers/corpus_jsonl.h"

#include <fmt/format.h>

#include <set>

#include "api/legacy/verses/layout_tables.h"
#include "api/legacy/verses/verse_json.h"
#include "importers/unknown_features.h"
#include "support/json.h"

namespace kalima::importers {
namespace {

api::legacy::WrittenVerse read_verse(const Source& file, const SourceLines& lines) {
  const json::Value object =
      file.located(lines.number(), [&] { return json::parse(lines.line()); },
                   {.message = "not a JSON object",
                    .cure = lines.last() ? "is the file cut off? This is its last line" : ""});
  return file.located(
      lines.number(), [&] { return api::legacy::verse_from_json(object); },
      {.cure = R"(expected a verse {"surah": {"number", "name"}, "ayah", "text", "tokens"})"});
}

}  // namespace

void import_corpus(SourceStream& file, store::CorpusWriter& writer, VerseIndex& verses, Counts& counts,
                   const Progress& progress) {
  std::set<std::int64_t> surahs;
  UnknownFeatures unknown;
  api::legacy::LayoutWriter layouts(writer);
  file.on_block([&](const SourceStream& read) { progress("verses", read.done(), read.size()); });
  for (SourceLines lines(file); lines.next();) {
    if (lines.line().find_first_not_of(" \t") == std::string_view::npos) continue;

    const auto [verse, layout] = read_verse(file, lines);
    constexpr std::int64_t most = 1'000'000;
    if (verse.surah < 0 || verse.surah > most || verse.ayah < 0 || verse.ayah > most) {
      file.fail(lines.number(), fmt::format("{}:{} is not a verse number", verse.surah, verse.ayah));
    }
    if (!verses.add(verse.surah, verse.ayah, static_cast<std::int64_t>(counts.verses))) {
      file.fail(lines.number(), fmt::format("verse {}:{} is in the file twice", verse.surah, verse.ayah));
    }
    verses.add_segments(static_cast<std::int64_t>(counts.verses), verse);
    layouts.add(writer.add(verse), layout);
    surahs.insert(verse.surah);
    counts.add(verse);
    unknown.add(verse, lines.number());
  }
  counts.surahs = surahs.size();
  unknown.warn(file, counts);
  if (counts.verses == 0) file.fail(0, "no verse found; expected one JSON object on each line");
}

}  // namespace kalima::importers
