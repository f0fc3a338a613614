// What an import found, for its user.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "corpus/verse.h"

namespace kalima::importers {

// A translation that was read.
struct TranslationFile {
  std::string name, language;
  std::size_t verses;  // that have a text
};

struct Counts {
  std::size_t surahs = 0, verses = 0, words = 0, segments = 0;
  std::size_t translations = 0, research = 0;  // of verses: their translations, and the other documents
  std::size_t tags = 0, patterns = 0;
  std::size_t treebank_rows = 0, treebank_verses = 0;
  std::size_t masaq_rows = 0, masaq_verses = 0;
  std::vector<TranslationFile> translation_files;
  // Warnings about imported data; complete phrases.
  std::vector<std::string> warnings;

  // Counts a verse with its words, segments and research documents; not its surah.
  void add(const corpus::Verse& verse);
};

}  // namespace kalima::importers
