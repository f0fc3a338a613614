// importers/corpus_jsonl, store: each line that is imported comes out of the database as it went in.
//
// libFuzzer: -runs=1000
#include "importers/corpus_jsonl.h"

#include "api/legacy/verses/layout_tables.h"
#include "api/legacy/verses/verse_json.h"
#include "fuzzing.h"
#include "importers/source_file.h"
#include "small_blocks.h"
#include "store/corpus_reader.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;

json::Array verses_of(std::string_view text) {
  json::Array verses;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) verses.push_back(json::parse(line));
  }
  return verses;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const MemoryFile bytes({reinterpret_cast<const char*>(data), size});
  const std::filesystem::path database = new_database();
  json::Array wanted;
  importers::Counts counts;
  const auto imported = refused_or([&] {
    importers::SourceStream file(bytes.path(), small_blocks);
    store::CorpusWriter writer(database);
    importers::VerseIndex verses;
    importers::import_corpus(file, writer, verses, counts, [](std::string_view, std::size_t, std::size_t) {});
    writer.finish();
    wanted = verses_of(importers::SourceFile(bytes.path(), importers::Limit{}).text());
    return true;
  });
  if (!imported) return 0;
  FUZZ_CHECK(counts.verses == wanted.size());
  const store::CorpusReader reader(database);
  json::Array read;
  api::legacy::each_verse(reader, [&](const corpus::Verse& verse, const api::legacy::VerseLayout& layout) {
    read.push_back(to_json(verse, layout));
  });
  FUZZ_CHECK(read == wanted);
  return 0;
}
