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
  if (files::kind_of(corpus_file) == files::Kind::missing) {
    throw Error(ErrorCode::not_found,
                fmt::format("{} has no datasets/corpus/quran.jsonl", files::to_utf8(folder)),
                "name the old server's data folder (it contains datasets/ and notes/)");
  }
  Counts counts;
  VerseIndex verses;
  import_corpus(SourceFile(corpus_file, max_corpus_bytes), writer, verses, counts, progress);

  const auto part = [&](const fs::path& file, std::size_t max_bytes, auto import) {
    if (files::kind_of(file) != files::Kind::missing) import(SourceFile(file, max_bytes));
  };
  const fs::path datasets = folder / "datasets";
  part(datasets / "corpus" / "tags.json", max_registry_bytes,
       [&](const SourceFile& f) { import_registry(f, writer, counts); });
  part(datasets / "corpus" / "metadata.json", max_metadata_bytes,
       [&](const SourceFile& f) { writer.set_meta("legacy.metadata", f.text()); });
  part(datasets / "quranic" / "Quranic" / "Quranic.csv", max_table_bytes,
       [&](const SourceFile& f) { import_treebank(f, writer, verses, counts, progress); });
  part(datasets / "masaq" / "MASAQ.csv", max_table_bytes,
       [&](const SourceFile& f) { import_masaq(f, writer, verses, counts, progress); });

  // Kept as absolute paths: the server may be started from another folder.
  const auto record = [&](const char* key, const fs::path& path) {
    if (files::kind_of(path) == files::Kind::folder)
      writer.set_meta(key, files::to_utf8(fs::canonical(path)));
  };
  record("folder.notes", folder / "notes");
  record("folder.resources", datasets / "resources");
  return counts;
}

}  // namespace kalima::importers
