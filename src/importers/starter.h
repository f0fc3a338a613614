// The starter corpus: the project's own surahs 1 and 93 to 114, which are part of the program.
// data/starter/README.md describes the format of its files.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "corpus/treebank.h"
#include "corpus/verse.h"
#include "importers/counts.h"
#include "importers/source_file.h"
#include "store/corpus_writer.h"
#include "support/progress.h"

namespace kalima::importers {

struct StarterText {
  std::string_view name;   // "data/starter/001.txt"
  std::string_view bytes;  // the file unchanged
};

// The files of data/starter, by number; cmake/EmbedStarter.cmake writes the function when the program is built.
std::span<const StarterText> starter_texts();

// What is in one file.
struct StarterSurah {
  std::vector<corpus::Verse> verses;
  // Their syntax; empty where the file has no trees. The nodes' `sentence` is empty.
  std::vector<std::vector<corpus::SyntaxNode>> sentences;
};

// The verses of one file, in their order, and their trees. The basmala before a first verse is not part of it. The English
// translation is a research document of the kind `translation`, like those of POST /api/translations;
// `created_at` is its time in the format of clock.h. Throws Error(bad_input) "FILE:LINE: what is wrong, what
// was expected".
StarterSurah read_starter(const SourceFile& file, std::string_view created_at);

// Marks a database made from the starter corpus: key and value in its table `meta`.
inline constexpr std::string_view source_key = "corpus.source", starter_source = "starter";

// Adds all verses of the files to `writer`; the caller calls finish(). Throws like read_starter, and if a
// verse occurs twice.
Counts import_starter(std::span<const StarterText> files, std::string_view created_at,
                      store::CorpusWriter& writer, const Progress& progress);

}  // namespace kalima::importers
