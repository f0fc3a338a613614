// Imports a CoNLL-U file: one that `kalima export --conllu` wrote, which gives the same corpus and treebank
// rows again, or any other whose words say where they stand in the text: `Ref=SURAH:AYAH:WORD` or
// `Ref=SURAH:AYAH:WORD:SEGMENT` in the last column (conllu/attributes.h), verse after verse and word after
// word.
//
// Of another program's file, a verse's text is that of its words with blanks between them, a surah without
// name is called by its number, tags are those of XPOS, lemmas those of LEMMA (in Buckwalter where that is
// possible), and each sentence's heads and relations become treebank rows with the usual columns; for
// morphology beyond that the file must have the attribute `Features`.
#pragma once

#include "importers/legacy.h"
#include "importers/source_file.h"

namespace kalima::importers {

// Reads the file into `writer`; the caller calls finish(). Throws Error(bad_input) "FILE:LINE: what is wrong,
// what was expected".
Counts import_conllu(const SourceFile& file, store::CorpusWriter& writer, const Progress& progress);

}  // namespace kalima::importers
