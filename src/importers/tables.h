// The treebank (tab-separated) and MASAQ (comma-separated): rows with a header line, kept with all columns.
#pragma once

#include "importers/counts.h"
#include "importers/source_file.h"
#include "importers/verse_index.h"
#include "store/corpus_writer.h"
#include "support/progress.h"

namespace kalima::importers {

void import_treebank(const SourceFile& file, store::CorpusWriter& writer, const VerseIndex& verses,
                     Counts& counts, const Progress& progress);
void import_masaq(const SourceFile& file, store::CorpusWriter& writer, const VerseIndex& verses,
                  Counts& counts, const Progress& progress);

}  // namespace kalima::importers
