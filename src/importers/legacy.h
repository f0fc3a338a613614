// Imports a data folder of the old server:
//
//   datasets/corpus/quran.jsonl               the corpus, required
//   datasets/corpus/tags.json                 tags and saved patterns
//   datasets/corpus/metadata.json             where the corpus comes from
//   datasets/quranic/Quranic/Quranic.csv      the treebank
//   datasets/masaq/MASAQ.csv                  MASAQ
//   notes/, datasets/resources/               stay where they are; their paths are remembered
//
// Files may have a byte order mark and CRLF line ends.
#pragma once

#include <cstddef>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "store/corpus_writer.h"
#include "support/progress.h"

namespace kalima::importers {

struct Counts {
  std::size_t surahs = 0, verses = 0, words = 0, segments = 0, research = 0;
  std::size_t tags = 0, patterns = 0;
  std::size_t treebank_rows = 0, treebank_verses = 0;
  std::size_t masaq_rows = 0, masaq_verses = 0;
  // What is odd in the data and was imported nevertheless; whole phrases with a count and the first place.
  std::vector<std::string> warnings;
};

// Reads the folder into `writer`; the caller calls finish(). Throws Error(bad_input) "FILE:LINE: what is wrong,
// what was expected", Error(not_found) when there is no corpus file.
Counts import_legacy(const std::filesystem::path& folder, store::CorpusWriter& writer, const Progress& progress);

}  // namespace kalima::importers
