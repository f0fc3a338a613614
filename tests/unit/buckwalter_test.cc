#include "text/buckwalter.h"

#include <fstream>
#include <map>
#include <set>

#include "shared_data.h"
#include "support/utf8.h"
#include "testing.h"

using namespace kalima;
using text::arabic_from_buckwalter;
using text::buckwalter_from_arabic;

namespace {

// The documentation's table once more, by Unicode blocks: every code point of a range with its letter, `\0`
// for those that have none.
const std::map<char32_t, std::string> rows = {
    {0x0621, std::string("'\0>&<}Abptvj", 12)},
    {0x062D, "Hxd*rzs$SDTZEg"},
    {0x0640, "_fqklmnhwYy"},
    {0x064B, "FNKaui~o^#"},
    {0x0670, "`{"},
    {0x06DC, ":"},
    {0x06DF, "@\""},
    {0x06E2, "[;"},
    {0x06E5, ",."},
    {0x06E8, "!"},
    {0x06EA, "-+%]"},
};

std::map<char32_t, char> table() {
  std::map<char32_t, char> out = {{' ', ' '}};
  for (char digit = '0'; digit <= '9'; ++digit) out[static_cast<char32_t>(digit)] = digit;
  for (const auto& [first, letters] : rows) {
    for (std::size_t i = 0; i < letters.size(); ++i) {
      if (letters[i] != '\0') out[first + static_cast<char32_t>(i)] = letters[i];
    }
  }
  return out;
}

}  // namespace

TEST_CASE("every code point and every byte has the letter of the table, or none") {
  const auto expected = table();
  CHECK(expected.size() == 71);
  for (char32_t c = 0; c < 0x110000; ++c) {
    const auto it = expected.find(c);
    const auto found = text::buckwalter_letter(c);
    REQUIRE(found.has_value() == (it != expected.end()));
    if (found) REQUIRE(*found == it->second);
  }
  std::map<char, char32_t> back;
  for (const auto& [arabic, latin] : expected) REQUIRE(back.emplace(latin, arabic).second);
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const auto it = back.find(c);
    const auto found = text::arabic_letter(c);
    REQUIRE(found.has_value() == (it != back.end()));
    if (found) REQUIRE(*found == it->second);
  }
}

TEST_CASE("words, roots and lemmas") {
  CHECK(arabic_from_buckwalter("") == "");
  CHECK(buckwalter_from_arabic("") == "");
  CHECK(arabic_from_buckwalter("$rk") == "شرك");
  CHECK(arabic_from_buckwalter("b$r") == "بشر");
  CHECK(arabic_from_buckwalter("*kr") == "ذكر");
  CHECK(arabic_from_buckwalter("somi") == "سْمِ");
  CHECK(arabic_from_buckwalter("<in~2") == "إِنّ2");
  CHECK(buckwalter_from_arabic("\u0631\u0651\u064E\u062D\u0652\u0645\u064E\u0670\u0646") == "r~aHoma`n");
  CHECK(buckwalter_from_arabic("مَا ذَا") == "maA *aA");
}

TEST_CASE("characters without a counterpart are refused") {
  for (const char* wrong : {"P", "J", "V", "G", "|", "c", "e", "ktb\n", "k\tb", "كتب", "\xff"}) {
    CAPTURE(wrong);
    CHECK(arabic_from_buckwalter(wrong) == std::nullopt);
  }
  CHECK(arabic_from_buckwalter(std::string_view("k\0b", 3)) == std::nullopt);
  for (const char* wrong : {"آ", "پ", "ۖ", "ktb", "،", "\xd8", "\xff", "ك\xd8"}) {
    CAPTURE(wrong);
    CHECK(buckwalter_from_arabic(wrong) == std::nullopt);
  }
}

TEST_CASE("random strings come back") {
  testing::Random random(20);
  const auto pairs = table();
  for (int i = 0; i < 2000; ++i) {
    std::string latin, arabic;
    for (std::size_t n = random.below(20); n > 0; --n) {
      const auto [code_point, letter] = random.pick(pairs);
      latin += letter;
      utf8::append(arabic, code_point);
    }
    REQUIRE(arabic_from_buckwalter(latin) == arabic);
    REQUIRE(buckwalter_from_arabic(arabic) == latin);
  }
}

TEST_CASE("all forms, roots and lemmas of the morphology file come back") {
  constexpr const char* file = "morphology/quranic-corpus-morphology-0.4.txt";
  const auto data = testing::full_data({file});
  if (!data) return;
  std::ifstream in(*data / file);
  REQUIRE(in);
  std::set<std::string> forms, roots, lemmas;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] != '(') continue;
    const std::size_t form = line.find('\t') + 1;
    forms.insert(line.substr(form, line.find('\t', form) - form));
    for (const auto& [key, set] : {std::pair{"|ROOT:", &roots}, std::pair{"|LEM:", &lemmas}}) {
      const std::size_t at = line.find(key);
      if (at == std::string::npos) continue;
      const std::size_t start = at + std::string_view(key).size();
      set->insert(line.substr(start, line.find('|', start) - start));
    }
  }
  CHECK(roots.size() == 1642);
  CHECK(lemmas.size() == 4832);
  CHECK(forms.size() == 14353);
  for (const auto* set : {&forms, &roots, &lemmas}) {
    for (const std::string& latin : *set) {
      const auto arabic = arabic_from_buckwalter(latin);
      CAPTURE(latin);
      REQUIRE(arabic.has_value());
      CHECK(buckwalter_from_arabic(*arabic) == latin);
    }
  }
}
