// Writes the corpus with its treebank as CoNLL-U: the format of Universal Dependencies
// (https://universaldependencies.org/format.html), in NFC, with everything that importers/conllu.h needs to
// restore the same corpus and the same treebank rows. The names of attributes and comments are in
// conllu/attributes.h. If the corpus was made from a CoNLL-U file, the text is that file, with all that the corpus
// has no place for: another program's FEATS, relations, attributes and comments.
//
// Research documents, tags, saved patterns, MASAQ, notes and resources have no place in the format.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "store/corpus_reader.h"
#include "support/progress.h"

namespace kalima::exporters {

struct ConlluCounts {
  std::size_t sentences = 0, words = 0, segments = 0, hidden = 0;
  // Sentences that are trees in the treebank, and sentences without treebank rows.
  std::size_t trees = 0, without_treebank = 0;
  std::size_t rows = 0, rows_without_place = 0;
  // The text is the CoNLL-U file that was imported; its trees and rows are not counted.
  bool as_imported = false;
  // What the database has and the file lacks.
  std::size_t translations = 0, research = 0, registry = 0, masaq_rows = 0;
};

// Gives the file to `out`, part by part. Throws Error, and what `out` throws. It shows one state of the database, even if
// somebody writes at the same time.
void write_conllu(const store::CorpusReader& database, const std::function<void(std::string_view)>& out,
                  ConlluCounts& counts, const Progress& progress);

}  // namespace kalima::exporters
