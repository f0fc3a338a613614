// The old server's corpus file: one verse object a line.
#pragma once

#include "importers/legacy.h"
#include "importers/source_file.h"
#include "importers/verse_index.h"

namespace kalima::importers {

// Adds every verse to `writer` and `verses`, and counts into `counts`.
void import_corpus(const SourceFile& file, store::CorpusWriter& writer, VerseIndex& verses, Counts& counts,
                   const Progress& progress);

}  // namespace kalima::importers
