#include "text/transliterations.h"

#include <string_view>
#include <utility>

#include "support/utf8.h"
#include "testing.h"
#include "text/letters.h"

using namespace kalima;
using text::Agreement;
using text::LatinText;

namespace {

// Whether the words together sound as is typed.
bool agrees(std::string_view typed, std::initializer_list<std::u32string_view> words, Agreement agreement) {
  const auto latin = LatinText::read(typed);
  if (!latin) return false;
  LatinText::Positions now = latin->start(), next;
  for (const std::u32string_view word : words) {
    const std::vector<text::Sound> sounds = text::sounds(text::letters(word));
    for (std::size_t i = 0; i < sounds.size(); ++i) {
      latin->after(now, sounds[i], i + 1 == sounds.size(), agreement, next);
      std::swap(now, next);
    }
  }
  return latin->at_end(now, agreement);
}
bool agrees(std::string_view typed, std::u32string_view word, Agreement agreement = Agreement::vowels) {
  return agrees(typed, {word}, agreement);
}

}  // namespace

TEST_SUITE_BEGIN("transliterations");

TEST_CASE("each system writes its letters") {
  for (const char* typed : {"ṯalāṯa", "thalātha", "thalatha", "thalaathah", "salasa"}) {
    CAPTURE(typed);
    CHECK(agrees(typed, U"ثَلَـٰثَةً"));
  }
  for (const char* typed : {"ḥaqq", "haqq", "7aqq", "haq", "ha9"}) {
    CAPTURE(typed);
    CHECK(agrees(typed, U"حَقٌّ"));
  }
  for (const char* typed : {"ʿaẓīm", "ʻaẓīm", "3azim", "azim", "'azeem", "3a6'im"}) {
    CAPTURE(typed);
    CHECK(agrees(typed, U"عَظِيمٌ"));
  }
  for (const char* typed : {"ǧannāt", "jannāt", "jannaat", "gannat", "jannatun"}) {
    CAPTURE(typed);
    CHECK(agrees(typed, U"جَنَّـٰتٌ"));
  }
  CHECK(agrees("šayʾ", U"شَىْءٌ"));
  CHECK(agrees("shay'", U"شَىْءٌ"));
  CHECK(agrees("ḫayr", U"خَيْرٌ"));
  CHECK(agrees("ẖayr", U"خَيْرٌ"));
  CHECK(agrees("khair", U"خَيْرٌ"));
  CHECK(agrees("5eir", U"خَيْرٌ"));
}

TEST_CASE("letters with signs mean one letter, and vowels count") {
  CHECK_FALSE(agrees("ḥād", U"هَادٍ"));
  CHECK_FALSE(agrees("qulūb", U"كُلُوب"));
  CHECK(agrees("kulub", U"قُلُوبٌ"));
  CHECK_FALSE(agrees("rahim", U"رَحِمَ", Agreement::lengths) == agrees("raḥīm", U"رَحِمَ", Agreement::lengths));
  CHECK(agrees("raḥīm", U"رَحِيمٌ", Agreement::lengths));
  CHECK_FALSE(agrees("raḥim", U"رَحِيمٌ", Agreement::lengths));
  CHECK_FALSE(agrees("kutub", U"كِتَـٰبٌ"));
  CHECK(agrees("kutub", U"كِتَـٰبٌ", Agreement::consonants));
  CHECK(agrees("ktb", U"كِتَـٰبٌ", Agreement::consonants));
  CHECK_FALSE(agrees("katb", U"كِتَـٰبٌ"));
}

TEST_CASE("how words are divided does not matter") {
  const std::initializer_list<std::u32string_view> basmala = {U"بِسْمِ", U"ٱللَّهِ"};
  for (const char* typed :
       {"bismillah", "bismi llah", "bismi-llāhi", "bismi Allah", "Bism Illah", "b i s m i l l a h"}) {
    CAPTURE(typed);
    CHECK(agrees(typed, basmala, Agreement::vowels));
  }
  CHECK_FALSE(agrees("bismilla7", basmala, Agreement::vowels));
  CHECK_FALSE(agrees("bismilla", basmala, Agreement::vowels));
  CHECK(agrees("ar-rahman", U"ٱلرَّحْمَـٰنِ"));
  CHECK(agrees("al-rahman", U"ٱلرَّحْمَـٰنِ"));
  CHECK(agrees("ya ayyuha", U"يَـٰٓأَيُّهَا"));
}

TEST_CASE("what is written but not heard, and letters that are read by their names") {
  CHECK(agrees("qalu", U"قَالُوا۟"));
  CHECK(agrees("ulaika", U"أُو۟لَـٰٓئِكَ"));
  CHECK(agrees("huda", U"هُدًۭى"));
  CHECK(agrees("hudan", U"هُدًۭى"));
  CHECK(agrees("as-salah", U"ٱلصَّلَوٰةَ"));
  CHECK(agrees("as-salat", U"ٱلصَّلَوٰةَ"));
  CHECK(agrees("alif lam mim", U"الٓمٓ"));
  CHECK(agrees("yasin", U"يسٓ"));
  CHECK(agrees("taha", U"طه"));
}

TEST_CASE("what nobody writes for Arabic") {
  for (const char* typed : {"", " ", "-", "mercy", "path", "x", "الله", "1", "a\u0001", "heaven"}) {
    CAPTURE(typed);
    CHECK_FALSE(LatinText::read(typed));
  }
  CHECK_FALSE(LatinText::read(std::string(LatinText::max_size + 1, 'a')));
  CHECK(LatinText::read(std::string(LatinText::max_size, 'a')));
}

TEST_SUITE_END();
