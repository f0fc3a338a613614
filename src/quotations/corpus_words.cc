#include "quotations/corpus_words.h"

#include <algorithm>
#include <cmath>

namespace kalima::quotations {
namespace {

// In a smaller corpus each word would say too little: the prose around a quotation is not made of its few words.
constexpr double min_corpus_size = 65'536;

}  // namespace

CorpusWords::CorpusWords(const columns::CoreFile& core, const search::WordFile& file)
    : file_(file), frequency_(file.entries()) {
  std::uint32_t run = 0;
  for (std::uint32_t verse = 0; verse < file.verses(); ++verse) {
    const bool follows = verse > 0 && core.surah(verse) == core.surah(verse - 1) &&
                         core.ayah(verse) == core.ayah(verse - 1) + 1;
    if (!follows) ++run;
    for (std::uint32_t number = file.first_piece(verse); number < file.first_piece(verse + 1); ++number) {
      const search::Piece piece = file.piece(number);
      // A basmala before a verse is in 1:1 and 27:30.
      if (piece.word == 0 || !file.keys().has_letters(piece.entry)) continue;
      piece_.push_back(number);
      entry_.push_back(piece.entry);
      verse_.push_back(verse);
      run_.push_back(run);
      ++frequency_[piece.entry];
    }
  }
}

double CorpusWords::bits(std::uint32_t uses) const {
  const double size = std::max(static_cast<double>(this->size()), min_corpus_size);
  return std::log2(size / std::max<double>(uses, 1));
}

}  // namespace kalima::quotations
