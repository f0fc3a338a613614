// Words that are nearly, or together, what was typed: text/near.h, text/joined.h, the article.
#include "text/near.h"

#include <algorithm>
#include <span>
#include <vector>

#include "support/utf8.h"
#include "testing.h"
#include "text/joined.h"
#include "text/ladder.h"
#include "text/proclitics.h"

using namespace kalima;

namespace {

text::Letters letters(std::string_view utf8) { return text::letters(utf8::to_code_points(utf8)); }

std::string mistake(std::string_view typed, std::string_view in_text) {
  const auto found = text::mistake(text::NearForm(letters(typed)), text::NearForm(letters(in_text)));
  return found ? std::string(text::mistake_name(*found)) : "none";
}

bool alike(std::string_view a, std::string_view b) {
  return text::sound_key(text::NearForm(letters(a))) == text::sound_key(text::NearForm(letters(b)));
}

// Whether typed words, written as one, are a word of the text: "spelling", "other" or "none".
std::string join(std::initializer_list<const char*> typed, const char* in_text) {
  std::vector<std::u32string> words;
  for (const char* word : typed) words.push_back(utf8::to_code_points(word));
  const std::vector<std::u32string_view> views(words.begin(), words.end());
  std::string found = "none";
  for (const text::Joined& way : text::joined(views)) {
    const auto step = text::match(text::Word(way.word), text::Word(utf8::to_code_points(in_text)));
    if (!step || *step == text::Step::no_vowels) continue;
    if (way.is_spelling) return "spelling";
    found = "other";
  }
  return found;
}

bool splits(const char* typed, const char* first, const char* second) {
  const std::u32string word = utf8::to_code_points(typed);
  const auto cuts = text::cuts(word);
  return std::any_of(cuts.begin(), cuts.end(), [&](const text::Cut& cut) {
    const auto matches = [](std::u32string_view part, const char* in_text) {
      return text::match(text::Word(part), text::Word(utf8::to_code_points(in_text)), text::Step::regional)
          .has_value();
    };
    return matches(std::u32string_view(word).substr(0, cut.at), first) &&
           matches(std::u32string_view(word).substr(cut.at), second);
  });
}

std::string without_article(const char* word) {
  const std::u32string points = utf8::to_code_points(word);
  const auto at = text::after_article(points);
  std::string out;
  if (at) {
    for (const char32_t c : points.substr(*at)) utf8::append(out, c);
  }
  return out;
}

}  // namespace

TEST_CASE("one typing mistake, in modern spelling, from the Uthmani word") {
  CHECK(mistake("الحمذ", "ٱلْحَمْدُ") == "wrong");
  CHECK(mistake("الحمج", "ٱلْحَمْدُ") == "neighbour");
  CHECK(mistake("العالميين", "ٱلْعَـٰلَمِينَ") == "doubled");
  CHECK(mistake("العالمن", "ٱلْعَـٰلَمِينَ") == "missing");
  CHECK(mistake("السموتا", "ٱلسَّمَـٰوَٰتِ") == "added");
  CHECK(mistake("االسماوات", "ٱلسَّمَـٰوَٰتِ") == "doubled");
  CHECK(mistake("المستقمي", "ٱلْمُسْتَقِيمَ") == "swapped");
  CHECK(mistake("المستقيم", "ٱلْمُسْتَقِيمَ") == "none");
  CHECK(mistake("القران", "ٱلْقُرْءَانُ") == "none");
  CHECK(mistake("المستقكم", "ٱلْمُسْتَقِيمَ") == "wrong");
  CHECK(mistake("قلب", "كَلْبُ") == "wrong");
  CHECK(mistake("من", "مَا") == "none");
}

TEST_CASE("letters that sound alike") {
  CHECK(alike("السراط", "ٱلصِّرَٰطَ"));
  CHECK(alike("الذالين", "ٱلضَّآلِّينَ"));
  CHECK(alike("الظالين", "ٱلضَّآلِّينَ"));
  CHECK(alike("الهمد", "ٱلْحَمْدُ"));
  CHECK(alike("مستكيم", "مُّسْتَقِيمٍ"));
  CHECK(alike("تاغوت", "طَـٰغُوتَ"));
  CHECK_FALSE(alike("الحمل", "ٱلْحَمْدُ"));
  CHECK(text::sound_key(text::NearForm(letters("من"))).empty());
}

TEST_CASE("typed apart, one word of the text") {
  CHECK(join({"يا", "أيها"}, "يَـٰٓأَيُّهَا") == "spelling");
  CHECK(join({"يا", "أرض"}, "يَـٰٓأَرْضُ") == "spelling");
  CHECK(join({"ويا", "قوم"}, "وَيَـٰقَوْمِ") == "spelling");
  CHECK(join({"ها", "أنتم"}, "هَـٰٓأَنتُمْ") == "spelling");
  CHECK(join({"يا", "ابن", "أم"}, "يَبْنَؤُمَّ") == "spelling");
  CHECK(join({"وأن", "لو"}, "وَأَلَّوِ") == "spelling");
  CHECK(join({"فإن", "لم"}, "فَإِلَّمْ") == "spelling");
  CHECK(join({"أن", "لن"}, "أَلَّن") == "spelling");
  CHECK(join({"إن", "هم"}, "إِنَّهُمْ") == "other");
  CHECK(join({"من", "هم"}, "مِنْهُمْ") == "other");
  CHECK(join({"من", "ما"}, "مِمَّا") == "other");
  CHECK(join({"رب", "هم"}, "رَبِّهِمْ") == "other");
  CHECK(join({"قال", "هو"}, "قُلْ") == "none");
}

TEST_CASE("typed as one, two words of the text") {
  CHECK(splits("بعدما", "بَعْدَ", "مَا"));
  CHECK(splits("إلياسين", "إِلْ", "يَاسِينَ"));
  CHECK(splits("الحمدلله", "ٱلْحَمْدُ", "لِلَّهِ"));
  CHECK(splits("انشاء", "إِن", "شَآءَ"));
  CHECK(splits("يَـٰٓأَيُّهَا", "يَا", "أَيُّهَا"));
  CHECK_FALSE(splits("قل", "قُلْ", "هُوَ"));
}

TEST_CASE("the rest of a word after its article") {
  CHECK(without_article("ٱلْقُبُورِ") == "قُبُورِ");
  CHECK(without_article("الشمس") == "شمس");
  CHECK(without_article("ٱلشَّمْسِ") == "شَّمْسِ");
  CHECK(without_article("ٱللَّهِ").empty());
  CHECK(without_article("إلى").empty());
  CHECK(without_article("أَلْقَىٰ").empty());
  CHECK(without_article("ٱلَّذِى").empty());
  CHECK(without_article("قبور").empty());
  const std::u32string word = utf8::to_code_points("وَبِٱلصَّبْرِ");
  CHECK(text::after_article(word, 4) == 6u);
}
