#include "search/word_file.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

#include "small_corpus.h"

using namespace kalima;
using testing::Corpus;
using testing::IndexedCorpus;
using testing::Random;

namespace {

// Some verses have no text, and some words are in many.
Corpus corpus_of(Random& random, std::size_t verses) {
  static const std::vector<std::string> words = {"من", "مَن", "ۖ", "قال", "الله", "هو", "أحد"};
  Corpus corpus;
  for (std::size_t i = 0; i < verses; ++i) {
    corpus::Verse& verse = corpus.verses.emplace_back();
    verse.surah = 1;
    verse.ayah = static_cast<std::int64_t>(i + 1);
    for (std::size_t word = random.below(7); word > 0; --word)
      verse.text += (verse.text.empty() ? "" : " ") + random.pick(words);
  }
  return corpus;
}

}  // namespace

TEST_CASE("the file of words knows the pieces that each entry is, and the verse of each piece") {
  Random random(5);
  const IndexedCorpus corpus(corpus_of(random, 300));
  const search::WordFile& file = corpus.index().words();
  REQUIRE(file.pieces() > 500);
  std::vector<std::vector<std::uint32_t>> uses(file.entries());
  std::vector<std::uint32_t> verse_of;
  for (std::uint32_t verse = 0; verse < file.verses(); ++verse) {
    for (std::uint32_t piece = file.first_piece(verse); piece < file.first_piece(verse + 1); ++piece) {
      uses[file.piece(piece).entry].push_back(piece);
      verse_of.push_back(verse);
      CHECK(file.verse_of(piece) == verse);
    }
  }
  REQUIRE(verse_of.size() == file.pieces());
  for (std::size_t entry = 0; entry < file.entries(); ++entry) {
    const auto found = file.uses(entry);
    CHECK(std::vector<std::uint32_t>(found.begin(), found.end()) == uses[entry]);
  }
  // In ascending order, near and far.
  for (const std::size_t step : {1U, 2U, 7U, 40U, 211U}) {
    search::VersesOfPieces verses(file);
    for (std::size_t piece = random.below(9); piece < file.pieces(); piece += 1 + random.below(step))
      CHECK(verses.of(static_cast<std::uint32_t>(piece)) == verse_of[piece]);
  }
  CHECK(testing::error_of([&] { file.verse_of(static_cast<std::uint32_t>(file.pieces())); }) ==
        ErrorCode::unavailable);
}
