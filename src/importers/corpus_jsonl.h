// The old server's corpus file: one verse object on each line.
#pragma once

#include "importers/counts.h"
#include "importers/source_stream.h"
#include "importers/verse_index.h"
#include "store/corpus_writer.h"
#include "support/progress.h"

namespace kalima::importers {

// Adds every verse to `writer` and `verses`, and counts into `counts`.
void import_corpus(SourceStream& file, store::CorpusWriter& writer, VerseIndex& verses, Counts& counts,
                   const Progress& progress);

}  // namespace kalima::importers
