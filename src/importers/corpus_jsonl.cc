#include "importers/corpus_jsonl.h"

#include <fmt/format.h>

#include <set>

#include "corpus/verse.h"
#include "support/error.h"
#include "support/json.h"

namespace kalima::importers {
namespace {

corpus::Verse read_verse(const SourceFile& file, std::size_t line_number, std::string_view line, bool last) {
  json::Value object;
  try {
    object = json::parse(line);
  } catch (const Error& e) {
    file.fail(line_number, fmt::format("not a JSON object ({}){}", e.what(),
                                       last ? "; the last line seems to be cut off" : ""));
  }
  try {
    return corpus::verse_from_json(object);
  } catch (const Error& e) {
    file.fail(line_number,
              fmt::format("{}; expected a verse "
                          "{{\"surah\": {{\"number\", \"name\"}}, \"ayah\", \"text\", \"tokens\"}}",
                          e.what()));
  }
}

}  // namespace

void import_corpus(const SourceFile& file, store::CorpusWriter& writer, VerseIndex& verses, Counts& counts,
                   const Progress& progress) {
  std::set<std::int64_t> surahs;
  std::string_view rest = file.text();
  for (std::size_t line_number = 1; !rest.empty(); ++line_number) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;

    const corpus::Verse verse = read_verse(file, line_number, line, rest.empty());
    constexpr std::int64_t most = 1'000'000;
    if (verse.surah < 0 || verse.surah > most || verse.ayah < 0 || verse.ayah > most) {
      file.fail(line_number, fmt::format("{}:{} is not a verse number", verse.surah, verse.ayah));
    }
    if (!verses.add(verse.surah, verse.ayah, static_cast<std::int64_t>(counts.verses))) {
      file.fail(line_number, fmt::format("verse {}:{} is in the file twice", verse.surah, verse.ayah));
    }
    verses.add_segments(static_cast<std::int64_t>(counts.verses), verse);
    writer.add(verse);
    surahs.insert(verse.surah);
    counts.add(verse);
    if (counts.verses % 100 == 0) progress("verses", file.text().size() - rest.size(), file.text().size());
  }
  counts.surahs = surahs.size();
  if (counts.verses == 0) file.fail(0, "no verse found; expected one JSON object on each line");
}

}  // namespace kalima::importers
