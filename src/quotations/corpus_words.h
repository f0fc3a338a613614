// The words of the corpus in their order, as positions.
//
// Units: positions, entries of the file of words and verses are 0-based. Threads: const.
#pragma once

#include <cstdint>
#include <vector>

#include "corpus/columns/core_file.h"
#include "search/word_file.h"

namespace kalima::quotations {

class CorpusWords {
 public:
  CorpusWords(const columns::CoreFile& core, const search::WordFile& file);

  std::size_t size() const { return piece_.size(); }
  search::Piece piece(std::uint32_t position) const { return file_.piece(piece_[position]); }
  std::uint32_t entry(std::uint32_t position) const { return entry_[position]; }
  std::uint32_t verse(std::uint32_t position) const { return verse_[position]; }
  // The same for positions that a quotation may have both: those of verses that follow each other in a surah.
  std::uint32_t run(std::uint32_t position) const { return run_[position]; }
  // How often an entry is in the corpus.
  std::uint32_t frequency(std::uint32_t entry) const { return frequency_[entry]; }
  // What it says that two texts share a word that has so many uses in the corpus, at least one.
  double bits(std::uint32_t uses) const;

 private:
  const search::WordFile& file_;
  std::vector<std::uint32_t> piece_, entry_, verse_, run_;
  std::vector<std::uint32_t> frequency_;  // by entry
};

}  // namespace kalima::quotations
