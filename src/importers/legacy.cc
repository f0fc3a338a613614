#include "importers/legacy.h"

#include <fmt/format.h>

#include "importers/corpus_jsonl.h"
#include "importers/registry.h"
#include "importers/source_file.h"
#include "importers/source_stream.h"
#include "importers/tables.h"
#include "importers/verse_index.h"
#include "support/error.h"
#include "support/files.h"

namespace kalima::importers {
namespace fs = std::filesystem;

Counts import_legacy(const fs::path& folder, const Limits& limits, store::CorpusWriter& writer,
                     const Progress& progress) {
  const fs::path corpus_file = folder / "datasets" / "corpus" / "quran.jsonl";
  if (files::kind_of(corpus_file) == files::Kind::missing) {
    throw Error(ErrorCode::not_found,
                fmt::format("{} has no datasets/corpus/quran.jsonl", files::to_utf8(folder)),
                "name the old server's data folder (it contains datasets/ and notes/)");
  }
  Counts counts;
  VerseIndex verses;
  SourceStream corpus(corpus_file, limits.of(Part::corpus), InnerMarks::kept);
  import_corpus(corpus, writer, verses, counts, progress);

  const auto whole = [&](const fs::path& path, Part part, auto import) {
    if (files::kind_of(path) != files::Kind::missing) import(SourceFile(path, limits.of(part)));
  };
  const auto table = [&](const fs::path& path, Part part, auto import) {
    if (files::kind_of(path) == files::Kind::missing) return;
    SourceStream file(path, limits.of(part), InnerMarks::kept);
    import(file, writer, verses, counts, progress);
  };
  const fs::path datasets = folder / "datasets";
  whole(datasets / "corpus" / "tags.json", Part::registry,
        [&](const SourceFile& f) { import_registry(f, writer, counts); });
  whole(datasets / "corpus" / "metadata.json", Part::metadata,
        [&](const SourceFile& f) { writer.set_meta("legacy.metadata", f.text()); });
  table(datasets / "quranic" / "Quranic" / "Quranic.csv", Part::treebank, import_treebank);
  table(datasets / "masaq" / "MASAQ.csv", Part::masaq, import_masaq);

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
