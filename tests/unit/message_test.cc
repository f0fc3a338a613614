#include "http/message.h"

#include "support/utf8.h"
#include "testing.h"

using namespace kalima;
using http::percent_decoded;
using testing::Random;

namespace {

http::Request parsed(std::string_view target) {
  http::Request request;
  http::parse_target(target, request);
  return request;
}

}  // namespace

TEST_CASE("percent escapes are decoded; other percent signs are kept") {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"abc", "abc"},
      {"%41%62", "Ab"},
      {"%D8%A7%d9%84", "ال"},
      {"%", "%"},
      {"%4", "%4"},
      {"%4x", "%4x"},
      {"%x4", "%x4"},
      {"%%41", "%A"},
      {"a%", "a%"},
      {"%25%32", "%2"},
      {"%2541", "%41"},
      {"%E2%82", "\uFFFD"},
      {"%FF%FE", "\uFFFD\uFFFD"},
      {"%C3", "\uFFFD"},
      {"%C3a",
       "\uFFFD"
       "a"},
      {"é", "é"},
      {"\xFF", "\uFFFD"},
      {"%E0%80%80", "\uFFFD\uFFFD\uFFFD"},
      {"%ED%A0%80", "\uFFFD\uFFFD\uFFFD"},
  };
  for (const auto& [given, decoded] : cases) {
    const auto& text = given;  // clang 14: CAPTURE takes no structured binding
    CAPTURE(text);
    CHECK(percent_decoded(text, false) == decoded);
    CHECK(percent_decoded(text, true) == decoded);
  }
  CHECK(percent_decoded("%00a%00", false) == std::string("\0a\0", 3));
  CHECK(percent_decoded("a+b%2Bc", true) == "a b+c");
  CHECK(percent_decoded("a+b%2Bc", false) == "a+b+c");
}

TEST_CASE("a target is a path and parameters") {
  const http::Request request = parsed("/api/%61/b+c?q=a+b&x=1&x=2&=n&y&z=%26%3D%3F&&w==&%71=late#part");
  CHECK(request.path == "/api/a/b+c");
  CHECK(request.query == std::vector<std::pair<std::string, std::string>>{{"q", "a b"},
                                                                          {"x", "1"},
                                                                          {"x", "2"},
                                                                          {"", "n"},
                                                                          {"y", ""},
                                                                          {"z", "&=?"},
                                                                          {"w", "="},
                                                                          {"q", "late"}});
  CHECK(request.parameter("q") == "a b");
  CHECK(request.parameter("x") == "1");
  CHECK(request.parameter("y") == "");
  CHECK_FALSE(request.parameter("none"));
  CHECK_FALSE(request.parameter("Q"));
}

TEST_CASE("targets without parameters") {
  for (const char* target : {"/a", "/a?", "/a?&", "/a?#x"}) {
    CAPTURE(target);
    CHECK(parsed(target).path == "/a");
    CHECK(parsed(target).query.empty());
  }
  CHECK(parsed("").path == "");
  CHECK(parsed("/a%3Fb").path == "/a?b");
  CHECK(parsed("/a?b?c=d?e").query == std::vector<std::pair<std::string, std::string>>{{"b?c", "d?e"}});
}

TEST_CASE("any text is decoded to well-formed UTF-8") {
  Random random(71);
  const std::vector<std::string> parts = {"%", "4", "F", "g",    "%FF", "%C3", "%A9",
                                          "+", "&", "=", "\xC3", "é",   "%00", "?"};
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (std::size_t left = random.between(0, 8); left > 0; --left) text += random.pick(parts);
    const http::Request request = parsed("/" + text);
    CHECK(utf8::valid(request.path));
    CHECK(request.path.starts_with('/'));
    for (const auto& [name, value] : request.query) {
      CHECK(utf8::valid(name));
      CHECK(utf8::valid(value));
    }
  }
}

TEST_CASE("what was encoded is decoded") {
  Random random(72);
  for (int round = 0; round < 3'000; ++round) {
    std::string text, encoded;
    for (std::size_t left = random.between(0, 8); left > 0; --left) {
      utf8::append(
          text, static_cast<char32_t>(random.one_in(2) ? random.below(0x80) : 0x600 + random.below(0x100)));
    }
    for (const char c : text) {
      static constexpr char upper[] = "0123456789ABCDEF", lower[] = "0123456789abcdef";
      const auto byte = static_cast<unsigned char>(c);
      const char* digits = random.one_in(2) ? upper : lower;
      encoded += {'%', digits[byte / 16], digits[byte % 16]};
    }
    CHECK(percent_decoded(encoded, random.one_in(2)) == text);
  }
}

TEST_CASE("answers are JSON and end with a line end") {
  const http::Response error =
      http::error_response(http::Problem{.status = 404, .message = "no \"such\" path: \n\u064E"});
  CHECK(error.status == 404);
  CHECK(error.content_type == "application/json");
  CHECK(error.body.flattened() == "{\"error\":\"no \\\"such\\\" path: \\n\u064E\"}\n");
  const http::Response good = http::json_response(http::Body("[1]"));
  CHECK(good.status == 200);
  CHECK(good.content_type == "application/json");
  CHECK(good.body.flattened() == "[1]\n");
}
