// The old server's tag registry, tags.json: tags, saved patterns and other keys.
#pragma once

#include "importers/counts.h"
#include "importers/source_file.h"
#include "store/corpus_writer.h"

namespace kalima::importers {

void import_registry(const SourceFile& file, store::CorpusWriter& writer, Counts& counts);

}  // namespace kalima::importers
