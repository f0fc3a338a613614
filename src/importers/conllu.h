// Imports a CoNLL-U file: one that `kalima export --conllu` wrote, which restores the same corpus and
// treebank rows, or any other file whose words name their place in the text: `Ref=SURAH:AYAH:WORD` or
// `Ref=SURAH:AYAH:WORD:SEGMENT` in the last column (conllu/attributes.h), in the order of verses and words.
// In another program's file a verse's text is its words separated by spaces, a surah without a name is named
// by its number, tags come from XPOS, and lemmas from LEMMA (in Buckwalter if they are Arabic; others stay as
// they are). Each sentence's
// heads and relations become treebank rows with the usual columns. Further morphology requires the attribute
// `Features`.
#pragma once

#include "importers/counts.h"
#include "importers/source_stream.h"
#include "store/corpus_writer.h"
#include "support/progress.h"

namespace kalima::importers {

// Reads the file into `writer`, sentence by sentence; the caller calls finish(). Throws Error(bad_input) "FILE:LINE: what
// is wrong, what was expected".
Counts import_conllu(SourceStream& file, store::CorpusWriter& writer, const Progress& progress);
// The same for the file at `path`.
Counts import_conllu(const std::filesystem::path& path, const Limits& limits, store::CorpusWriter& writer,
                     const Progress& progress);

}  // namespace kalima::importers
