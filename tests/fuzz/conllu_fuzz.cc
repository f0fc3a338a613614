// libFuzzer: -max_len=8192 -runs=500
// importers/conllu, exporters/conllu: a file is refused with its line, or what is imported comes out as a file
// that is imported again and comes out the same.
#include "exporters/conllu.h"
#include "fuzzing.h"
#include "importers/conllu.h"
#include "small_blocks.h"
#include "store/corpus_reader.h"

using namespace kalima;
using namespace kalima::fuzzing;

namespace {

void no_progress(std::string_view, std::size_t, std::size_t) {}

// Nothing when the text is refused.
std::optional<std::string> imported_and_exported(std::string_view text) {
  const std::filesystem::path database = new_database();
  const auto done = refused_or([&] {
    store::CorpusWriter writer(database);
    importers::SourceStream file("f.conllu", std::string(text), small_blocks);
    importers::import_conllu(file, writer, no_progress);
    writer.finish();
    return true;
  });
  if (!done) return std::nullopt;
  exporters::ConlluCounts counts;
  std::string out;
  exporters::write_conllu(
      store::CorpusReader(database), [&](std::string_view part) { out += part; }, counts, no_progress);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto first = imported_and_exported({reinterpret_cast<const char*>(data), size});
  if (!first) return 0;
  const auto second = imported_and_exported(*first);
  FUZZ_CHECK(second && *second == *first);
  return 0;
}
