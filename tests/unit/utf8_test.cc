#include "support/utf8.h"

#include <set>

#include "testing.h"

using namespace kalima;
using testing::Random;

namespace {

// Written from the table of RFC 3629, section 3.
std::string encoded(char32_t c) {
  const auto byte = [](char32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (c < 0x80) return {byte(c)};
  if (c < 0x800) return {byte(0xC0 + c / 64), byte(0x80 + c % 64)};
  if (c < 0x10000) return {byte(0xE0 + c / 4096), byte(0x80 + c / 64 % 64), byte(0x80 + c % 64)};
  return {byte(0xF0 + c / 262144), byte(0x80 + c / 4096 % 64), byte(0x80 + c / 64 % 64), byte(0x80 + c % 64)};
}

bool surrogate(char32_t c) { return c >= 0xD800 && c < 0xE000; }

// What a well-formed sequence of two to four bytes may begin with: all proper prefixes of all of them.
const std::set<std::string>& well_formed_beginnings() {
  static const std::set<std::string> all = [] {
    std::set<std::string> made;
    for (char32_t c = 0x80; c < 0x110000; c += c < 0x10000 ? 1 : 64) {
      if (surrogate(c)) continue;
      const std::string whole = encoded(c);
      for (std::size_t size = 1; size < whole.size(); ++size) made.insert(whole.substr(0, size));
    }
    return made;
  }();
  return all;
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::size_t encoded_size(unsigned char lead) { return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2; }

struct Piece {
  std::size_t begin, size;
  bool well_formed;
};

// Cuts bytes as Unicode says (chapter 3, "substitution of maximal subparts"), straight from the definition.
std::vector<Piece> pieces(const std::string& bytes) {
  std::vector<Piece> out;
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      out.push_back({at++, 1, true});
      continue;
    }
    std::size_t size = 0;
    while (at + size < bytes.size() && well_formed_beginnings().contains(bytes.substr(at, size + 1))) ++size;
    // A beginning and one more continuation byte is a whole sequence, unless it is still a beginning.
    const bool whole = size > 0 && at + size < bytes.size() && continues(bytes[at + size]) &&
                       size + 1 == encoded_size(static_cast<unsigned char>(bytes[at]));
    out.push_back({at, whole ? size + 1 : std::max<std::size_t>(size, 1), whole});
    at += out.back().size;
  }
  return out;
}

}  // namespace

TEST_CASE("every code point is appended and decoded again") {
  std::size_t decoded = 0;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (surrogate(c)) continue;
    ++decoded;
    std::string out = "x";
    utf8::append(out, c);
    std::size_t at = 1;
    bool ok = true;
    const char32_t back = utf8::decode(out, at, &ok);
    // One CHECK a code point would take seconds.
    if (out.substr(1) == encoded(c) && back == c && ok && at == out.size()) continue;
    FAIL("U+" << static_cast<std::uint32_t>(c));
  }
  CHECK(decoded == 0x110000 - 0x800);
}

TEST_CASE("ill-formed sequences are replaced as Python's errors='replace' does") {
  const std::string r = "\uFFFD";
  const std::pair<std::string, std::string> cases[] = {
      {"\x80", r},
      {"\xBF\xBF", r + r},
      {"\xC0\x80", r + r},
      {"\xC1\xBF", r + r},
      {"\xC2", r},
      {"\xC2"
       "a",
       r + "a"},
      {"\xE0\x80\x80", r + r + r},
      {"\xE0\x9F\xBF", r + r + r},
      {"\xE1\x80", r},
      {"\xE1\x80z", r + "z"},
      {"\xED\xA0\x80", r + r + r},
      {"\xED\x9F", r},
      {"\xEF\xBF", r},
      {"\xF0\x80\x80\x80", r + r + r + r},
      {"\xF0\x90\x80", r},
      {"\xF0\x90\x80\xC2\xA0", r + "\u00A0"},
      {"\xF4\x8F\xBF", r},
      {"\xF4\x90\x80\x80", r + r + r + r},
      {"\xF5\x80\x80\x80", r + r + r + r},
      {"\xFF\xFE", r + r},
      // The example of Unicode's table 3-8.
      {"\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64", "a" + r + r + r + "b" + r + "c" + r + r + "d"},
      {std::string("\0\x80\0", 3), std::string("\0", 1) + r + std::string("\0", 1)},
  };
  for (const auto& [bytes, its_expected] : cases) {
    const auto& expected = its_expected;  // clang 14: CAPTURE takes no structured binding
    CAPTURE(expected);
    CHECK(utf8::repaired(bytes) == expected);
    CHECK_FALSE(utf8::valid(bytes));
  }
}

TEST_CASE("random bytes are cut where Unicode's definition cuts them") {
  Random random(1);
  using namespace std::string_literals;
  const std::string bytes =
      "\0aZ\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1\xED\xEE\xEF\xF0\xF1\xF3\xF4\xF5\xFF"s;
  for (int round = 0; round < 50'000; ++round) {
    std::string text;
    for (std::size_t left = random.between(0, 10); left > 0; --left) {
      text.push_back(random.one_in(3) ? static_cast<char>(random.below(256)) : random.pick(bytes));
    }
    std::string repaired;
    std::size_t first_invalid = std::string::npos, count = 0, at = 0;
    for (const Piece& piece : pieces(text)) {
      REQUIRE(at == piece.begin);
      bool ok = true;
      const char32_t c = utf8::decode(text, at, &ok);
      CHECK(ok == piece.well_formed);
      CHECK(at == piece.begin + piece.size);
      if (!piece.well_formed) {
        CHECK(c == utf8::replacement);
        first_invalid = std::min(first_invalid, piece.begin);
      }
      repaired += piece.well_formed ? text.substr(piece.begin, piece.size) : "\uFFFD";
      CHECK(utf8::prefix(text, count) == std::string_view(text).substr(0, piece.begin));
      ++count;
    }
    CHECK(utf8::repaired(text) == repaired);
    CHECK(utf8::first_invalid(text) == first_invalid);
    CHECK(utf8::valid(text) == (first_invalid == std::string::npos));
    CHECK(utf8::to_code_points(text).size() == count);
    CHECK(utf8::prefix(text, count) == text);
    CHECK(utf8::prefix(text, count + 1) == text);
    CHECK(utf8::valid(repaired));
  }
}

TEST_CASE("UTF-16 in both byte orders becomes UTF-8") {
  Random random(2);
  for (int round = 0; round < 2'000; ++round) {
    const bool big = random.one_in(2);
    std::string bytes, expected;
    const auto unit = [&](char32_t u) {
      const char high = static_cast<char>(static_cast<unsigned char>(u >> 8)),
                 low = static_cast<char>(static_cast<unsigned char>(u & 0xFF));
      bytes += big ? std::string{high, low} : std::string{low, high};
    };
    unit(0xFEFF);
    for (std::size_t left = random.between(0, 20); left > 0; --left) {
      char32_t c = static_cast<char32_t>(random.one_in(3) ? random.below(0x110000) : random.below(0x700));
      if (surrogate(c)) c = 0x10FFFF;
      expected += encoded(c);
      if (c < 0x10000) {
        unit(c);
      } else {
        unit(0xD800 + (c - 0x10000) / 0x400);
        unit(0xDC00 + (c - 0x10000) % 0x400);
      }
    }
    std::string out = "before ";
    CHECK(utf8::from_utf16(bytes, out));
    CHECK(out == "before " + expected);
    if (bytes.size() == 2) continue;
    // Cut off inside the last unit.
    out.clear();
    CHECK_FALSE(utf8::from_utf16(std::string_view(bytes).substr(0, bytes.size() - 1), out));
    CHECK(expected.starts_with(out));
  }
}

TEST_CASE("invalid UTF-16 is refused") {
  using namespace std::string_literals;
  std::string out;
  for (const std::string& bytes : {""s, "\xFF"s, "ab"s, "a\0b\0"s}) CHECK_FALSE(utf8::from_utf16(bytes, out));
  CHECK(out.empty());
  // Little-endian: "a", then a lone high surrogate, a lone low one, a high one at the end, a high one before "b".
  for (const std::string& bytes : {"\xFF\xFE"
                                   "a\0\x00\xD8"s,
                                   "\xFF\xFE"
                                   "a\0\x00\xDC"
                                   "b\0"s,
                                   "\xFF\xFE"
                                   "a\0\x00\xD8"
                                   "b\0"s}) {
    out.clear();
    CHECK_FALSE(utf8::from_utf16(bytes, out));
    CHECK(out == "a");
  }
}
