// Imports published files: a Tanzil text and, if given, the morphology of the Quranic Arabic Corpus, the
// treebank, MASAQ, and translations.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "importers/counts.h"
#include "importers/limits.h"
#include "importers/translations.h"
#include "store/corpus_writer.h"
#include "support/progress.h"

namespace kalima::importers {

struct PublicFiles {
  std::filesystem::path text;
  std::optional<std::filesystem::path> morphology, treebank, masaq;
  std::vector<Translation> translations;
};

// Reads the files into `writer`; the caller calls finish(). The verses are like those of an import of the old
// server's folder, except that the basmala before a surah is in the key `bismillah` of its first verse and
// not among its words. All files are read verse by verse or row by row. Throws Error(bad_input) "FILE:LINE: what is wrong, what was expected".
Counts import_public(const PublicFiles& from, const Limits& limits, store::CorpusWriter& writer,
                     const Progress& progress);

}  // namespace kalima::importers
