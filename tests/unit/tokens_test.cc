#include "text/tokens.h"

#include <vector>

#include "support/utf8.h"
#include "testing.h"

using namespace kalima;

namespace {

std::vector<std::string> words(std::string_view utf8) {
  std::vector<std::string> out;
  for (const text::Token& token : text::tokens(utf8::to_code_points(utf8))) {
    std::string word;
    for (const char32_t c : token.word) utf8::append(word, c);
    out.push_back(word);
  }
  return out;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("words end at white space of any kind, punctuation, symbols and numbers") {
  CHECK(words("").empty());
  CHECK(words(" ١٢ ، ﴿٣﴾ ۞ ").empty());
  CHECK(words("قل هو") == Words{"قل", "هو"});
  CHECK(words("قل\u00A0هو\u2003الله\u3000\tأحد") == Words{"قل", "هو", "الله", "أحد"});
  CHECK(words("قل،هو؛(الله)«أحد»") == Words{"قل", "هو", "الله", "أحد"});
  CHECK(words("+رحمة $رحمة ~رحمة |رحمة رحمة^") == Words{"رحمة", "رحمة", "رحمة", "رحمة", "رحمة"});
  CHECK(words("أحد ١") == Words{"أحد"});
  CHECK(words("أحد١٢") == Words{"أحد"});
  CHECK(words("قل هو الله¹ أحد² ⁽³⁾ الصمد④ كفوا⁵") == Words{"قل", "هو", "الله", "أحد", "الصمد", "كفوا"});
  CHECK(words("أحد ﴿١﴾ الله ﴿۲﴾ الصمد (3) ۝٤") == Words{"أحد", "الله", "الصمد"});
}

TEST_CASE("a pause mark ends its word, after a space too; a small seen over a letter does not") {
  CHECK(words("رَيْبَۛ فِيهِ") == Words{"رَيْبَۛ", "فِيهِ"});
  CHECK(words("رَيْبَ ۛ فِيهِ ۛ هُدًى") == Words{"رَيْبَ", "فِيهِ", "هُدًى"});
  CHECK(words("رَيْبَۛفِيهِ") == Words{"رَيْبَۛ", "فِيهِ"});
  CHECK(words("وَيَبْصُۜطُ") == Words{"وَيَبْصُۜطُ"});
  const auto found = text::tokens(U"\u0631\u064A\u0628 \u06DB \u0641\u064A\u0647");
  REQUIRE(found.size() == 2);
  CHECK(found[0].begin == 0);
  CHECK(found[0].end == 5);
  CHECK(found[1].begin == 6);
  CHECK(found[1].end == 9);
}

TEST_CASE("a thin or no-break space that carries a sign is part of the word") {
  CHECK(words("فَٱدَّٰرَ\u2009ٰٔتُمْ") == Words{"فَٱدَّٰرَ\u2009ٰٔتُمْ"});
  CHECK(words("بِ\u200Aَٔايَٰتِ رَبِّ") == Words{"بِ\u200Aَٔايَٰتِ", "رَبِّ"});
  CHECK(words("رَبِّ\u00A0هُوَ") == Words{"رَبِّ", "هُوَ"});
}

TEST_CASE("ligatures: the basmala is four words, honorifics are left out") {
  CHECK(words("﷽") == Words{"بسم", "الله", "الرحمن", "الرحيم"});
  CHECK(words("محمد ﷺ رسول") == Words{"محمد", "رسول"});
  CHECK(words("محمدﷺ") == Words{"محمد"});
  CHECK(words("ﷲ") == Words{"ﷲ"});
  const auto found = text::tokens(U"\u0642\u0644 \uFDFD");
  REQUIRE(found.size() == 5);
  CHECK(found[4].begin == 3);
  CHECK(found[4].end == 4);
}

TEST_CASE("tokens are in order, within the text and not empty, whatever the text") {
  testing::Random random(21);
  const std::u32string common =
      U"اقلم ۛ\u06DC\u064E\u0654\u2009\u00A0١﴿﴾۝،\uFDFD\uFDFA\u200D\u0640";
  for (int round = 0; round < 20000; ++round) {
    std::u32string text;
    for (std::size_t left = random.below(12); left > 0; --left) {
      text += random.one_in(8) ? static_cast<char32_t>(random.bits() & 0x1FFFFF) : random.pick(common);
    }
    std::uint32_t end = 0, begin = 0;
    for (const text::Token& token : text::tokens(text)) {
      CHECK(token.begin >= begin);
      CHECK(token.end <= text.size());
      CHECK(token.begin < token.end);
      CHECK((token.begin >= end || token.begin == begin));
      CHECK_FALSE(token.word.empty());
      begin = token.begin;
      end = token.end;
    }
  }
}
