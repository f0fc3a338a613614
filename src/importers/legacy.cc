#include "importers/legacy.h"

#include <fmt/format.h>

#include "importers/corpus_jsonl.h"
#include "importers/registry.h"
#include "importers/source_file.h"
#include "importers/tables.h"
#include "importers/verse_index.h"
#include "support/error.h"
#include "support/files.h"

namespace kalima::importers {
namespace fs = std::filesystem;

Counts import_legacy(const fs::path& folder, store::CorpusWriter& writer, const Progress& progress) {
  const fs::path corpus_file = folder / "datasets" / "corpus" / "quran.jsonl";
  if (!fs::exists(corpus_file)) {
    throw Error(ErrorCode::not_found,
                fmt::format("{} has no datasets/corpus/quran.jsonl", files::to_utf8(folder)),
                "name the old server's data folder (it contains datasets/ and notes/)");
  }
  Counts counts;
  VerseIndex verses;
  import_corpus(SourceFile(corpus_file), writer, verses, counts, progress);

  const auto part = [&](const fs::path& file, auto import) {
    if (fs::exists(file)) import(SourceFile(file));
  };
  const fs::path datasets = folder / "datasets";
  part(datasets / "corpus" / "tags.json", [&](const SourceFile& f) { import_registry(f, writer, counts); });
  part(datasets / "corpus" / "metadata.json",
       [&](const SourceFile& f) { writer.set_meta("legacy.metadata", f.text()); });
  part(datasets / "quranic" / "Quranic" / "Quranic.csv",
       [&](const SourceFile& f) { import_treebank(f, writer, verses, counts, progress); });
  part(datasets / "masaq" / "MASAQ.csv",
       [&](const SourceFile& f) { import_masaq(f, writer, verses, counts, progress); });

  // Kept as absolute paths: the server may be started from another folder.
  const auto record = [&](const char* key, const fs::path& path) {
    if (fs::is_directory(path)) writer.set_meta(key, files::to_utf8(fs::canonical(path)));
  };
  record("folder.notes", folder / "notes");
  record("folder.resources", datasets / "resources");
  return counts;
}

}  // namespace kalima::importers
