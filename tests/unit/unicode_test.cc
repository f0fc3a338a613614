#include "text/unicode.h"

#include <set>

#include "support/utf8.h"
#include "testing.h"

using namespace kalima;
using testing::Random;

namespace {

// All code points for which Python's str.isspace() is true.
bool python_space(char32_t c) {
  static const std::set<char32_t> all = {0x09,   0x0A,   0x0B,   0x0C,   0x0D,   0x1C,   0x1D,   0x1E,
                                         0x1F,   0x20,   0x85,   0xA0,   0x1680, 0x2000, 0x2001, 0x2002,
                                         0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A,
                                         0x2028, 0x2029, 0x202F, 0x205F, 0x3000};
  return all.contains(c);
}

}  // namespace

TEST_CASE("lower-casing is the full one of no particular language") {
  // The right column is Python's str.lower().
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"ROOT:smw|(IV) 0", "root:smw|(iv) 0"},
      {"ÀÉ", "àé"},
      {"İI", "i̇i"},
      {"ΟΔΟΣ ΣΑ Σ", "οδος σα σ"},
      {"ẞ", "ß"},
      {"ДЖ", "дж"},
      {"ﬁ", "ﬁ"},
      {"𐐀", "𐐨"},
      {"بِسْمِ ٱللَّهِ", "بِسْمِ ٱللَّهِ"},
  };
  for (const auto& [given, lower] : cases) CHECK(text::lower(given) == lower);
  CHECK(text::lower(std::string_view("A\0B", 3)) == std::string("a\0b", 3));
}

TEST_CASE("upper-casing is the full one of no particular language") {
  const std::pair<const char*, const char*> cases[] = {{"", ""},    {"pron|(iv)", "PRON|(IV)"},
                                                       {"é", "É"},  {"straße", "STRASSE"},
                                                       {"ﬁ", "FI"}, {"ıi", "II"},
                                                       {"ŉ", "ʼN"}, {"مِن", "مِن"}};
  for (const auto& [given, upper] : cases) CHECK(text::upper(given) == upper);
}

TEST_CASE("white space is what Python takes for it") {
  std::size_t spaces = 0;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (text::is_space(c) != python_space(c)) FAIL("U+" << static_cast<std::uint32_t>(c));
    spaces += text::is_space(c);
  }
  CHECK(spaces == 29);
}

TEST_CASE("text is stripped and split at white space") {
  CHECK(text::stripped("") == "");
  CHECK(text::stripped(" \u00A0\t") == "");
  CHECK(text::stripped(" \u3000a  b\u2028\n") == "a  b");
  CHECK(text::stripped("\u200Ba\u200B") == "\u200Ba\u200B");
  CHECK(text::words("").empty());
  CHECK(text::words(" \n").empty());
  CHECK(text::words("\u00A0a b\u2003\u2003c ") == std::vector<std::string_view>{"a", "b", "c"});
}

TEST_CASE("words are all of the text but its white space") {
  Random random(12);
  const std::vector<std::string> parts = {"a",      "ن",      "\u064E",     " ",     "\t",
                                          "\u00A0", "\u2028", "\U0001F600", "\u200B"};
  for (int round = 0; round < 5'000; ++round) {
    std::string text, kept;
    for (std::size_t left = random.between(0, 8); left > 0; --left) text += random.pick(parts);
    for (std::size_t at = 0; at < text.size();) {
      const char32_t c = utf8::decode(text, at);
      if (!python_space(c)) utf8::append(kept, c);
    }
    CAPTURE(text);
    std::string joined;
    const char* end = text.data();
    for (const std::string_view word : text::words(text)) {
      CHECK_FALSE(word.empty());
      // Words lie in the text, apart from each other.
      if (!joined.empty()) CHECK((word.data() > end));
      end = word.data() + word.size();
      joined += word;
    }
    CHECK(joined == kept);
    const auto words = text::words(text);
    const std::string_view stripped = text::stripped(text);
    if (words.empty()) {
      CHECK(stripped.empty());
    } else {
      CHECK((stripped.data() == words.front().data()));
      CHECK((stripped.data() + stripped.size() == words.back().data() + words.back().size()));
    }
  }
}
