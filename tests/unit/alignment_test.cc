#include "importers/alignment.h"

#include "testing.h"
#include "text/skeleton.h"

using namespace kalima;
using namespace kalima::importers;
using text::has_letters;
using text::skeleton;

namespace {

using Parts = std::vector<std::string_view>;

std::optional<Parts> aligned(std::string_view text, const std::vector<std::string_view>& morphology) {
  std::vector<std::string> skeletons;
  for (const std::string_view word : morphology) skeletons.push_back(skeleton(word));
  return align(text, split_words(text), skeletons);
}

}  // namespace

TEST_CASE("a skeleton is letters without signs, hamza and alif") {
  CHECK(skeleton("") == "");
  CHECK(skeleton("كِتَٰبٌۭ") == "كتب");
  CHECK(skeleton("ٱلْـَٔاخِرَةِ") == skeleton("الءاخرة"));
  CHECK(skeleton("يَـٰٓأَيُّهَا") == skeleton("يا أيها"));
  CHECK(skeleton("هُدًى") == "هدي");
  CHECK(skeleton("سُؤْلَ") == "سول");
  CHECK(skeleton("ktb 12 ۖ ۞ ـ") == "");
  CHECK(skeleton("\xff\xd8") == "");
  CHECK(has_letters("ء"));
  CHECK(has_letters("x ا"));
  CHECK(!has_letters("ۖ ۞ ـ َ latin 7"));
  CHECK(!has_letters(""));
}

TEST_CASE("separate signs belong to the word before, at the beginning to the word after") {
  CHECK(split_words("").empty());
  CHECK(split_words(" \t ").empty());
  CHECK(split_words("كتب") == Parts{"كتب"});
  CHECK(split_words("  كتب\tقلم  ") == Parts{"كتب", "قلم"});
  CHECK(split_words("كتب ۖ ۗ قلم ۩") == Parts{"كتب ۖ ۗ", "قلم ۩"});
  CHECK(split_words("۞ كتب قلم") == Parts{"۞ كتب", "قلم"});
  CHECK(split_words("۞ ۖ") == Parts{"۞ ۖ"});
}

TEST_CASE("the basmala is found in every spelling, and only with something after it") {
  const std::string_view basmala = "بِّسْمِ ٱللَّهِ ٱلرَّحْمَـٰنِ ٱلرَّحِيمِ ";
  CHECK(basmala_end(std::string(basmala) + "الٓمٓ") == basmala.size());
  CHECK(basmala_end("بسم الله الرحمن الرحيم كتب") == std::string_view("بسم الله الرحمن الرحيم ").size());
  CHECK(basmala_end(basmala) == 0);
  CHECK(basmala_end("بسم الله الرحمن كتب قلم") == 0);
  CHECK(basmala_end("") == 0);
}

TEST_CASE("words of the text that are one of the morphology are joined") {
  CHECK(aligned("كتب قلم", {"كتب", "قلم"}) == Parts{"كتب", "قلم"});
  CHECK(aligned("قلم بعد ما كتب", {"قلم", "بعدما", "كتب"}) == Parts{"قلم", "بعد ما", "كتب"});
  CHECK(aligned("بعد ما بعد ما", {"بعدما", "بعد", "ما"}) == Parts{"بعد ما", "بعد", "ما"});
  CHECK(aligned("قلم يا ابن أم كتب", {"قلم", "يبنؤم", "كتب"}) == std::nullopt);  // another letter
  CHECK(aligned("قلم يا ابن ام كتب", {"قلم", "يابنام", "كتب"}) == Parts{"قلم", "يا ابن ام", "كتب"});
  // Equal counts are taken as they come, however the words are spelt.
  CHECK(aligned("كتب قلم", {"شمس", "كتب"}) == Parts{"كتب", "قلم"});
  CHECK(aligned("كتب", {"كتب", "قلم"}) == std::nullopt);
  CHECK(aligned("كتب قلم شمس", {"كتب", "قلم"}) == std::nullopt);
  CHECK(aligned("كتب", {}) == std::nullopt);
  CHECK(aligned("", {}) == Parts{});
}

TEST_CASE("whatever is aligned, each word of the text is in one part, in order") {
  testing::Random random(7);
  const std::vector<std::string_view> pieces = {"ك", "ت", "ب", "ا", "ۖ"};
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    for (std::size_t n = random.below(8); n > 0; --n) {
      for (std::size_t m = random.between(1, 2); m > 0; --m) text += random.pick(pieces);
      text += ' ';
    }
    std::vector<std::string> skeletons;
    for (std::size_t n = random.below(8); n > 0; --n) {
      std::string word;
      for (std::size_t m = random.below(4); m > 0; --m) word += random.pick(pieces);
      skeletons.push_back(skeleton(word));
    }
    const Parts words = split_words(text);
    const auto parts = align(text, words, skeletons);
    if (!parts) continue;
    REQUIRE(parts->size() == skeletons.size());
    Parts again;
    for (const std::string_view part : *parts) {
      for (const std::string_view word : split_words(part)) again.push_back(word);
    }
    REQUIRE(again == words);
  }
}
