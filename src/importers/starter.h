// The starter corpus: the project's own surahs 1 and 93 to 114, which are part of the program. The format of
// its files is described in data/starter/README.md.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "importers/legacy.h"
#include "importers/source_file.h"

namespace kalima::importers {

struct StarterText {
  std::string_view name;   // "data/starter/001.txt"
  std::string_view bytes;  // the file as it is
};

// The files of data/starter, by number; cmake/EmbedStarter.cmake writes the function when the program is built.
std::span<const StarterText> starter_texts();

// The verses of one file, in their order. The basmala before a first verse is no part of it. The English
// rendering is a research document of the kind `translation`, as POST /api/translations makes it;
// `created_at` is its time as clock.h writes it. Throws Error(bad_input) "FILE:LINE: what is wrong, what was
// expected".
std::vector<corpus::Verse> read_starter(const SourceFile& file, std::string_view created_at);

// What a database made from the starter corpus says under this key of its table `meta`.
inline constexpr std::string_view source_key = "corpus.source", starter_source = "starter";

// Adds all verses of the files to `writer`; the caller calls finish(). Throws as read_starter, and when a
// verse is there twice.
Counts import_starter(std::span<const StarterText> files, std::string_view created_at,
                      store::CorpusWriter& writer, const Progress& progress);

}  // namespace kalima::importers
