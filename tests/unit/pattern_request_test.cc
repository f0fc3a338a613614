#include "api/legacy/pattern_request.h"

#include "support/json.h"
#include "support/utf8.h"
#include "testing.h"

using namespace kalima;
using api::legacy::parse_pattern_request;
using testing::error_of;

namespace {

// Python's re reads the escapes; here they are just the text that the frontend gets.
const std::string any = R"([\u0621-\u064A\u0671-\u0673\u0675])",
                  tail = R"([\u064B-\u0652\u0670\u0653-\u0655]*\u0640*)";
const std::string start = R"((?<!\S))", end = R"((?!\S))";

std::string regex(std::string_view segments) {
  return parse_pattern_request(
             "{\"allow_prefix\":true,\"allow_suffix\":true,\"segments\":" + std::string(segments) + "}")
      .regex;
}

}  // namespace

TEST_CASE("the regular expression is the old server's") {
  CHECK(parse_pattern_request(R"({"segments":[{"letter":"ن"}]})").regex == start + "ن" + tail + end);
  CHECK(parse_pattern_request(R"({"segments":[{"letter":"ن"}],"allow_prefix":true})").regex ==
        "ن" + tail + end);
  CHECK(parse_pattern_request(R"({"segments":[{"letter":"ن"}],"allow_suffix":1})").regex ==
        start + "ن" + tail);
  CHECK(parse_pattern_request(R"({"segments":[{"letter":"ن"}],"allow_suffix":"","allow_prefix":[]})").regex ==
        start + "ن" + tail + end);
  CHECK(regex(R"([{"any_letter":true}])") == any + tail);
  CHECK(regex(R"([{"any_letter":true,"letter":"ن"}])") == any + tail);
  CHECK(regex(R"([{}])") == any + tail);
  CHECK(regex(R"([{"letter":null},{"letter":""}])") == any + tail + any + tail);
  CHECK(regex("[{\"letter\":\"ن\",\"diacritics\":[\"\u0651\",\"\u064E\"]},{\"letter\":\"ت\",\"diacritics\":"
              "null}]") == "ن\u0651\u064E" + tail + "ت" + tail);
  CHECK(regex("[{\"letter\":\"ن\",\"diacritics\":[\"\u0651\"],\"any_diacritics\":true}]") == "ن" + tail);
  CHECK(regex("[{\"letter\":\"ن\",\"diacritics\":[\"\u064E\",\"\",null]}]") == "ن\u064E" + tail);
  CHECK(regex(R"([{"letter":"كتب"}])") == "كتب" + tail);
}

TEST_CASE("letters are escaped as Python's re.escape escapes them") {
  for (int c = 1; c < 0x80; ++c) {
    const std::string letter(1, static_cast<char>(c));
    const bool special = std::string("()[]{}?*+-|^$\\.&~# \t\n\r\v\f").find(letter) != std::string::npos;
    CAPTURE(c);
    CHECK(regex("[{\"letter\":" + json::quoted(letter) + "}]") == (special ? "\\" + letter : letter) + tail);
    CHECK(regex("[{\"letter\":\"ن\",\"diacritics\":[" + json::quoted(letter) + "]}]") ==
          "ن" + (special ? "\\" + letter : letter) + tail);
  }
}

TEST_CASE("the body is echoed whole, keys sorted") {
  const auto request = parse_pattern_request(
      R"({ "segments": [{"letter":"ن","extra":1000.0}], "z": 0.75, "limit": "7", "allow_suffix": 0, "A": {"b":[], "a":null} })");
  CHECK(
      request.query_json ==
      R"({"A":{"a":null,"b":[]},"allow_suffix":0,"limit":"7","segments":[{"extra":1000.0,"letter":"ن"}],"z":0.75})");
  CHECK(request.limit == 7);
  CHECK(parse_pattern_request(R"({"segments":[{}]})").limit == 50);
}

TEST_CASE("the pattern is that of the regular expression") {
  const auto count = [](std::string_view body, std::string_view text) {
    auto request = parse_pattern_request(body);
    return request.pattern.count(utf8::to_code_points(text));
  };
  CHECK(count(R"({"segments":[{"letter":"ن"},{"any_letter":true}]})", "نَت نن ن") == 2);
  CHECK(count(R"({"segments":[{"letter":"ن"}],"allow_prefix":true})", "تن نت") == 1);
  CHECK(count("{\"segments\":[{\"letter\":\"ن\",\"diacritics\":[\"\u064E\"]}]}", "ن نَ") == 1);
  CHECK(count("{\"segments\":[{\"letter\":\"ن\",\"diacritics\":[\"\u064E\"],\"any_diacritics\":true}]}",
              "ن نَ") == 2);
}

TEST_CASE("bodies of another shape are refused, and the message says why") {
  const std::pair<const char*, const char*> cases[] = {
      {"", "JSON"},
      {"nonsense", "JSON"},
      {"[]", "object"},
      {"null", "object"},
      {"\"text\"", "object"},
      {"{}", "segments"},
      {R"({"segments":null})", "segments"},
      {R"({"segments":[]})", "segments"},
      {R"({"segments":{}})", "segments"},
      {R"({"segments":"ن"})", "segments"},
      {R"({"segments":["ن"]})", "segments"},
      {R"({"segments":[null]})", "segments"},
      {R"({"segments":[{"letter":1}]})", "letter"},
      {R"({"segments":[{"letter":["ن"]}]})", "letter"},
      {R"({"segments":[{"letter":"ن","diacritics":"x"}]})", "diacritics"},
      {R"({"segments":[{"letter":"ن","diacritics":{}}]})", "diacritics"},
      {R"({"segments":[{"letter":"ن","diacritics":[1]}]})", "diacritics"},
      {R"({"segments":[{"letter":"ن"}],"limit":-1})", "limit"},
      {R"({"segments":[{"letter":"ن"}],"limit":"many"})", "limit"},
      {R"({"segments":[{"letter":"ن"}],"limit":null})", "limit"},
  };
  for (const auto& [text, word] : cases) {
    const auto& body = text;  // clang 14: no lambda takes a structured binding
    CAPTURE(body);
    CHECK(error_of([&] { parse_pattern_request(body); }) == ErrorCode::bad_input);
    CHECK(testing::message_of([&] { parse_pattern_request(body); }).find(word) != std::string::npos);
  }
}

TEST_CASE("patterns have a size that a word can have") {
  std::string many = "{\"segments\":[{}";
  for (int i = 0; i < 100'000; ++i) many += ",{}";
  CHECK(error_of([&] { parse_pattern_request(many + "]}"); }).has_value());
  CHECK(error_of([&] {
          parse_pattern_request("{\"segments\":[{\"letter\":\"" + std::string(100'000, 'x') + "\"}]}");
        }).has_value());
  std::string signs = "\"\u064E\"";
  for (int i = 0; i < 100'000; ++i) signs += ",\"\u064E\"";
  CHECK(error_of([&] {
          parse_pattern_request("{\"segments\":[{\"diacritics\":[" + signs + "]}]}");
        }).has_value());
  CHECK(error_of([&] { parse_pattern_request(std::string(100'000, '[')); }).has_value());
}
