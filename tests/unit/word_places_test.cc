#include "corpus/word_places.h"

#include "support/utf8.h"
#include "testing.h"

using namespace kalima;
using corpus::Verse;
using testing::Random;

namespace {

using Parts = std::vector<std::string>;

struct Given {
  std::optional<std::string> form;
  std::vector<std::string> lemmas;  // of segments, Buckwalter
};

Verse verse_of(const std::string& text, const std::vector<Given>& words) {
  Verse verse;
  verse.text = text;
  for (const Given& given : words) {
    corpus::Word& word = verse.words.emplace_back();
    word.form = given.form;
    for (const std::string& lemma : given.lemmas) word.segments.emplace_back().lemma = lemma;
  }
  return verse;
}

// What each word is in the text; "-" where that is not known.
Parts parts(const Verse& verse) {
  Parts out;
  for (const auto& place : word_places(verse))
    out.push_back(place ? std::string(corpus::text_at(verse.text, *place)) : "-");
  return out;
}

std::vector<Given> forms(const Parts& written) {
  std::vector<Given> out;
  for (const std::string& form : written) out.push_back({form, {}});
  return out;
}

}  // namespace

TEST_CASE("forms that are the whole text are its words, with the signs beside them") {
  CHECK(parts(verse_of("كتب قلم", forms({"كتب", "قلم"}))) == Parts{"كتب", "قلم"});
  CHECK(parts(verse_of("۞ كتب ۖ قلم ۩", forms({"كتب", "قلم"}))) == Parts{"۞ كتب ۖ", "قلم ۩"});
  CHECK(parts(verse_of("۞ كتب ۖ قلم ۩", forms({"۞ كتب ۖ", "قلم ۩"}))) == Parts{"۞ كتب ۖ", "قلم ۩"});
  CHECK(parts(verse_of("بعد ما قلم", forms({"بعد ما", "قلم"}))) == Parts{"بعد ما", "قلم"});
  CHECK(parts(verse_of(" abc\t d ", forms({"abc", "d"}))) == Parts{"abc", "d"});
  CHECK(parts(verse_of("", {})).empty());
  CHECK(parts(verse_of("كتب", {})).empty());
}

TEST_CASE("as many words as in the text are taken as they come") {
  CHECK(parts(verse_of("كتب ۖ قلم", {{"x", {}}, {std::nullopt, {}}})) == Parts{"كتب ۖ", "قلم"});
  const std::string basmala = "بِّسْمِ ٱللَّهِ ٱلرَّحْمَـٰنِ ٱلرَّحِيمِ";
  CHECK(parts(verse_of(basmala + " كتب قلم", forms({"بِّسْمِ", "ٱللَّهِ"}))) == Parts{"كتب", "قلم"});
  const Verse numbered = verse_of(basmala + " كتب ۖ قلم", forms({"بِّسْمِ", "ٱللَّهِ"}));
  const auto written = corpus::word_forms(numbered, corpus::word_places(numbered));
  CHECK(written == std::vector<std::optional<std::string>>{"كتب ۖ", "قلم"});
  CHECK(parts(verse_of(basmala, forms({"a", "b", "c", "d"}))).front() == "بِّسْمِ");
  CHECK(parts(verse_of(basmala + " كتب", forms({"a", "b", "c", "d", "e"}))).front() == "بِّسْمِ");
}

TEST_CASE("pieces are joined where the morphology says so") {
  // Each word has the form of the piece of its number, as in the older server's corpus.
  CHECK(parts(verse_of(
            "فمن بدله بعد ما سمعه",
            {{"فمن", {"man"}}, {"بدله", {"bad~ala"}}, {"بعد", {"baEod", "maA"}}, {"ما", {"samiEa"}}})) ==
        Parts{"فمن", "بدله", "بعد ما", "سمعه"});
  CHECK(parts(verse_of("سلام على إل ياسين", {{{}, {"sala`m"}}, {{}, {"EalaY`"}}, {{}, {"<iloyaAs"}}})) ==
        Parts{"سلام", "على", "إل ياسين"});
  // Without a hint the last ones are joined.
  CHECK(parts(verse_of("ا ب ت", {{{}, {}}, {{}, {}}})) == Parts{"ا", "ب ت"});
  // Far too many: it is another verse.
  std::string text;
  for (int i = 0; i < 40; ++i) text += "ب ";
  CHECK(parts(verse_of(text, {{{}, {}}, {{}, {}}})) == Parts{"-", "-"});
}

TEST_CASE("words that the text lacks have no place") {
  CHECK(parts(verse_of("كتب قلم", forms({"كتب", "شمس", "قلم"}))) == Parts{"كتب", "-", "قلم"});
  CHECK(parts(verse_of("", forms({"كتب"}))) == Parts{"-"});
}

TEST_CASE("whatever the verse is, places are inside the text and ascend") {
  Random random(77);
  static const std::vector<std::string> pieces = {
      "كتب", "قلم", "ۖ", " ", "  ", "بعد", "ما", "abc", "ـ", "بِسْمِ", "ٱللَّهِ", "\t", "\xff", "الرحمن", "الرحيم"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t left = random.below(14); left > 0; --left)
      text += random.pick(pieces) + (random.one_in(3) ? "" : " ");
    std::vector<Given> words;
    for (std::size_t left = random.below(9); left > 0; --left) {
      Given& word = words.emplace_back();
      if (!random.one_in(4)) word.form = random.pick(pieces);
      if (random.one_in(2)) word.lemmas = {random.one_in(2) ? "baEod" : "maA"};
    }
    const Verse verse = verse_of(text, words);
    const auto places = word_places(verse);
    REQUIRE(places.size() == words.size());
    std::uint32_t before = 0;
    const std::size_t size = utf8::to_code_points(text).size();
    for (const auto& place : places) {
      if (!place) continue;
      REQUIRE(place->from >= before);
      REQUIRE(place->to > place->from);
      REQUIRE(place->to <= size);
      before = place->to;
    }
  }
}
