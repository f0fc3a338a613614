#include "text/aligned.h"

#include "corpus/word_places.h"
#include "importers/verse_text.h"
#include "support/utf8.h"
#include "testing.h"
#include "text/basmala.h"

using namespace kalima;

namespace {

using Parts = std::vector<std::string>;

std::vector<std::u32string> words_of(std::string_view text) {
  std::vector<std::u32string> words;
  for (const corpus::TextWord& word : corpus::text_words(text))
    words.push_back(utf8::to_code_points(word.text));
  return words;
}

// The words of the text in each part, joined by "+"; "-" for none, "=" for one written together with the word before, and
// "?" after words that are others.
std::string aligned(std::string_view text, std::string_view wanted) {
  const auto words = words_of(text);
  const auto parts = text::aligned(words, words_of(wanted));
  if (!parts) return "no";
  std::string out;
  for (const text::Aligned& part : *parts) {
    if (!out.empty()) out += ' ';
    for (std::size_t i = part.first; i < part.first + part.count; ++i) {
      if (i > part.first) out += '+';
      for (const char32_t c : words[i]) utf8::append(out, c);
    }
    if (part.count == 0) {
      out += part.same ? '=' : '-';
    } else if (!part.same) {
      out += '?';
    }
  }
  return out;
}

Parts shown(std::string_view text) {
  Parts out;
  for (const corpus::TextWord& word : corpus::text_words(text)) out.emplace_back(word.shown);
  return out;
}

std::size_t end_of_basmala(std::string_view text) { return text::basmala_end(utf8::to_code_points(text)); }

}  // namespace

TEST_CASE("separate signs belong to the word before, at the beginning to the word after") {
  CHECK(shown("").empty());
  CHECK(shown(" \t ").empty());
  CHECK(shown("كتب") == Parts{"كتب"});
  CHECK(shown("  كتب\tقلم  ") == Parts{"كتب", "قلم"});
  CHECK(shown("كتب\u00A0قلم") == Parts{"كتب", "قلم"});
  CHECK(shown("كتب ۖ ۗ قلم ۩") == Parts{"كتب ۖ ۗ", "قلم ۩"});
  CHECK(shown("۞ كتب قلم ﴿٧﴾") == Parts{"۞ كتب", "قلم ﴿٧﴾"});
  CHECK(shown("۞ ۖ").empty());
}

TEST_CASE("the basmala is found in every spelling, and only with something after it") {
  const std::string basmala = "بِّسْمِ ٱللَّهِ ٱلرَّحْمَـٰنِ ٱلرَّحِيمِ ";
  CHECK(end_of_basmala(basmala + "الٓمٓ") == utf8::to_code_points(basmala).size());
  CHECK(end_of_basmala("بسم الله الرحمن الرحيم كتب") == 23);
  CHECK(end_of_basmala("بِسۡمِ ٱللَّهِ ٱلرَّحۡمَٰنِ ٱلرَّحِيمِ كتب") > 0);
  CHECK(end_of_basmala("﷽ كتب") == 2);
  CHECK(end_of_basmala(basmala) == 0);
  CHECK(end_of_basmala("بسم الله الرحمن كتب قلم") == 0);
  CHECK(end_of_basmala("") == 0);
  CHECK(text::has_basmala(U"وإنه بسم الله الرحمن الرحيم"));
  CHECK(!text::has_basmala(U"وإنه بسم الله الرحمن"));
  CHECK(text::is_basmala(U"بسم الله الرحمن الرحيم"));
}

TEST_CASE("words that one source writes as one are joined") {
  CHECK(aligned("كتب قلم", "كتب قلم") == "كتب قلم");
  CHECK(aligned("قلم بعد ما كتب", "قلم بعدما كتب") == "قلم بعد+ما كتب");
  CHECK(aligned("بعد ما بعد ما", "بعدما بعد ما") == "بعد+ما بعد ما");
  CHECK(aligned("قال يا ابن أم لا", "قَالَ يَبْنَؤُمَّ لَا") == "قال يا+ابن+أم لا");
  CHECK(aligned("وأن لو استقاموا", "وَأَلَّوِ ٱسْتَقَـٰمُوا۟") == "وأن+لو استقاموا");
  CHECK(aligned("من بعدما كتب", "مِنۢ بَعْدِ مَا كَتَبَ") == "من بعدما = كتب");
  // One source has no dagger alifs, and the other letters for them.
  CHECK(aligned("عاهدتم الصلاة", "عهدتم الصلوة") == "عاهدتم الصلاة");
  CHECK(aligned("قال قيل", "قيل قَالَ") == "قال? قيل?");
  // The word that differs takes the rest.
  CHECK(aligned("يَا صَاحِبَيِ السِّجْنِ", "يَصَىحِبَىِ ٱلسِّجْنِ") == "يَا+صَاحِبَيِ? السِّجْنِ");
}

TEST_CASE("equal numbers of words are taken as they come, unless that is better otherwise") {
  CHECK(aligned("كتب قلم", "شمس كتب") == "كتب? قلم?");
  CHECK(aligned("بعدما قلم قلم", "بعد ما قلمقلم") == "بعدما = قلم+قلم");
}

TEST_CASE("words that the text lacks have no part") {
  CHECK(aligned("كتب", "كتب قلم") == "كتب -");
  CHECK(aligned("قلم", "كتب قلم") == "- قلم");
  CHECK(aligned("", "كتب") == "-");
  CHECK(aligned("كتب", "") == "no");
  CHECK(aligned("", "").empty());
  std::string many;
  for (int i = 0; i < 30; ++i) many += "كتب ";
  CHECK(aligned(many, "كتب") == "no");
}

TEST_CASE("a verse has its text in Arabic and nothing else") {
  for (const std::string_view good :
       {"بِسْمِ ٱللَّهِ", "۞ كتب ۖ ۗ قلم ۩", "كتب ﴿7﴾", "كتب (٧)", "كتب [۷]", "كتب ۝٧", "کِتاب، قلم.", "ﻛﺘﺐ",
        "\u200Fكتب\u00A0قلم", "كتب ﷺ", "﷽"}) {
    CAPTURE(good);
    CHECK(!importers::not_arabic_text(good, 7));
  }
  for (const std::string_view bad :
       {"بِسْمِ|In", "[h:1[ٱ]لَّه", "كتب 112", "كتب ٨", "<b>كتب</b>", "كتب [قلم]", "كتب$", "كتب=قلم", "{\"كتب\"}",
        "كتب\x01", "كتب\uFFFD", "كتب أ&", "كتب\u0416", "7,2,كتب", "كتب 77777777777777777"}) {
    CAPTURE(bad);
    CHECK(importers::not_arabic_text(bad, 7));
  }
}

TEST_CASE("a translation has no markup") {
  for (const std::string_view good :
       {"In [the] name (of) Allah & His 3 < 4", "[he: said]", "a > b", "", "a & b;", "tab\there"}) {
    CAPTURE(good);
    CHECK(!importers::not_plain_text(good));
  }
  for (const std::string_view bad : {"a|b", "a<sup foot_note=1>1</sup>", "</b>", "<!-- -->", "[h:1[a]",
                                     "a&nbsp;b", "a&#8212;b", "a\x01"}) {
    CAPTURE(bad);
    CHECK(importers::not_plain_text(bad));
  }
}

TEST_CASE("whatever is aligned, each word of the text is in one part, in order") {
  testing::Random random(7);
  const std::vector<std::string> pieces = {"ك", "ت", "ب", "ا", "يا", "لو"};
  for (int i = 0; i < 3000; ++i) {
    const auto some = [&] {
      std::vector<std::u32string> words;
      for (std::size_t n = random.below(8); n > 0; --n) {
        std::string word;
        for (std::size_t m = random.between(1, 3); m > 0; --m) word += random.pick(pieces);
        words.push_back(utf8::to_code_points(word));
      }
      return words;
    };
    const auto words = some(), wanted = some();
    const auto parts = text::aligned(words, wanted);
    if (!parts) continue;
    REQUIRE(parts->size() == wanted.size());
    std::size_t next = 0;
    for (const text::Aligned& part : *parts) {
      REQUIRE(part.first == next);
      next += part.count;
    }
    REQUIRE((wanted.empty() || next == words.size()));
  }
}
