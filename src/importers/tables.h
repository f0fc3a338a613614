// The treebank (tab-separated) and MASAQ (comma-separated): rows with a header line, kept with all columns, and read row by row.
#pragma once

#include "importers/counts.h"
#include "importers/source_stream.h"
#include "importers/verse_index.h"
#include "store/corpus_writer.h"
#include "support/progress.h"

namespace kalima::importers {

void import_treebank(SourceStream& file, store::CorpusWriter& writer, const VerseIndex& verses,
                     Counts& counts, const Progress& progress);
void import_masaq(SourceStream& file, store::CorpusWriter& writer, const VerseIndex& verses, Counts& counts,
                  const Progress& progress);

}  // namespace kalima::importers
