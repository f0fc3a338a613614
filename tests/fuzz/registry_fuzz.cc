// importers/registry, store: the tag registry comes out of the database as it went in.
//
// libFuzzer: -runs=2000
#include "importers/registry.h"

#include "fuzzing.h"
#include "store/corpus_reader.h"

using namespace kalima;
using namespace kalima::fuzzing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const MemoryFile bytes({reinterpret_cast<const char*>(data), size});
  const std::filesystem::path database = new_database();
  json::Value wanted;
  importers::Counts counts;
  const auto imported = refused_or([&] {
    const importers::SourceFile file(bytes.path(), importers::Limit{});
    wanted = json::parse(file.text());
    store::CorpusWriter writer(database);
    importers::import_registry(file, writer, counts);
    writer.finish();
    return true;
  });
  if (!imported) return 0;
  const store::CorpusReader reader(database);
  FUZZ_CHECK(reader.registry_object() == wanted);
  for (const auto& [section, count] :
       {std::pair("tags", counts.tags), std::pair("patterns", counts.patterns)}) {
    FUZZ_CHECK(reader.registry_count(section) == static_cast<std::int64_t>(count));
    const json::Value entries = reader.registry_section(section);
    for (const auto& [name, document] : *entries.as_object()) {
      FUZZ_CHECK(reader.registry_entry(section, name) == document);
    }
  }
  return 0;
}
