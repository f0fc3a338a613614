#include "text/proclitics.h"

#include "support/utf8.h"
#include "testing.h"

using namespace kalima;

namespace {

// "NAME+REST" of each way, with ٱ before the rest where the article's was left out.
std::vector<std::string> ways(std::string_view utf8) {
  const std::u32string word = utf8::to_code_points(utf8);
  std::vector<std::string> out;
  for (const text::Proclitic& p : text::proclitics(word)) {
    REQUIRE(p.size < word.size());
    std::string way = text::proclitic_name(std::u32string_view(word).substr(0, p.size)) + '+';
    if (p.elided_article) way += "ٱ";
    for (const char32_t c : word.substr(p.size)) utf8::append(way, c);
    out.push_back(way);
  }
  return out;
}
using Ways = std::vector<std::string>;

}  // namespace

TEST_CASE("proclitics are read by their letters and vowels") {
  CHECK(ways("وَبِٱلصَّبْرِ") == Ways{"و+بِٱلصَّبْرِ", "وب+ٱلصَّبْرِ"});
  CHECK(ways("بِسْمِ") == Ways{"ب+سْمِ"});
  CHECK(ways("أَفَلَا") == Ways{"أ+فَلَا", "أف+لَا"});
  CHECK(ways("ا\u0654َفَلَا") == Ways{"أ+فَلَا", "أف+لَا"});
  CHECK(ways("فَسَيَقُولُونَ") == Ways{"ف+سَيَقُولُونَ", "فس+يَقُولُونَ"});
  CHECK(ways("يَـٰقَوْمِ") == Ways{"يا+قَوْمِ"});
  CHECK(ways("وَيَـٰقَوْمِ") == Ways{"و+يَـٰقَوْمِ", "ويا+قَوْمِ"});
  CHECK(ways("لَبِإِمَامٍۢ") == Ways{"ل+بِإِمَامٍۢ", "لب+إِمَامٍۢ"});
  // Another vowel is another word.
  CHECK(ways("وُجُوهٌ") == Ways{});
  CHECK(ways("بَيْتٌ") == Ways{});
  CHECK(ways("يَقُولُ") == Ways{});
  CHECK(ways("ٱلْكِتَـٰبُ") == Ways{});
  // What is left is a word.
  CHECK(ways("لَكَ") == Ways{});
  CHECK(ways("بِهِۦ") == Ways{});
  CHECK(ways("") == Ways{});
  CHECK(ways("و") == Ways{});
  // Without vowels every reading counts.
  CHECK(ways("وبالصبر") == Ways{"و+بالصبر", "وب+الصبر"});
  CHECK(ways("वلَه") == Ways{});
}

TEST_CASE("the article without its alif after lam") {
  CHECK(ways("لِلْمُتَّقِينَ") == Ways{"ل+ٱلْمُتَّقِينَ"});
  CHECK(ways("لِلَّهِ") == Ways{"ل+ٱلَّهِ"});
  CHECK(ways("لِّلنَّاسِ") == Ways{"ل+ٱلنَّاسِ", "ل+لنَّاسِ"});
  CHECK(ways("وَلِلرَّسُولِ") == Ways{"و+لِلرَّسُولِ", "ول+ٱلرَّسُولِ", "ول+لرَّسُولِ"});
}
