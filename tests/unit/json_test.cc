#include "support/json.h"

#include <algorithm>
#include <map>

#include "random_json.h"
#include "testing.h"

using namespace kalima;
using testing::error_of;
using testing::Random;

namespace {

std::string reprinted(std::string_view text) { return json::ordered(json::parse(text)); }

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("numbers are printed as Python's json module prints them") {
  // The right column is json.dumps(json.loads(left)).
  const std::pair<const char*, const char*> cases[] = {
      {"0.75", "0.75"},
      {"1e16", "1e+16"},
      {"1E16", "1e+16"},
      {"1e15", "1000000000000000.0"},
      {"123456789012345680.0", "1.2345678901234568e+17"},
      {"1000.0", "1000.0"},
      {"1e3", "1000.0"},
      {"1E+3", "1000.0"},
      {"1e-4", "0.0001"},
      {"1e-5", "1e-05"},
      {"0.00001", "1e-05"},
      {"0.0001", "0.0001"},
      {"12.50", "12.5"},
      {"-0.0", "-0.0"},
      {"-0", "0"},
      {"0", "0"},
      {"0.0", "0.0"},
      {"5e-324", "5e-324"},
      {"1.7976931348623157e308", "1.7976931348623157e+308"},
      {"9007199254740993.0", "9007199254740992.0"},
      {"123456789.123456789", "123456789.12345679"},
      {"0.1e1", "1.0"},
      {"100000000000000000000.0", "1e+20"},
      {"-1.5E-7", "-1.5e-07"},
      {"1e22", "1e+22"},
      {"4.35", "4.35"},
      {"1e-400", "0.0"},
      {"9999999999999998.0", "9999999999999998.0"},
      {"9999999999999999.0", "1e+16"},
      {"0.1234567890123456789", "0.12345678901234568"},
      {"123456789012345678901234567890", "123456789012345678901234567890"},
      {"-123456789012345678901234567890", "-123456789012345678901234567890"},
      {"9223372036854775807", "9223372036854775807"},
      {"9223372036854775808", "9223372036854775808"},
      {"-9223372036854775808", "-9223372036854775808"},
      {"-9223372036854775809", "-9223372036854775809"},
      {"18446744073709551615", "18446744073709551615"},
      {"18446744073709551616", "18446744073709551616"},
      {"1.09285889832135532051e+07", "10928588.983213553"},
      {"1.41866135258496140153e+134", "1.4186613525849614e+134"},
      {"-7.57196855605586745530e-74", "-7.571968556055867e-74"},
      {"-1.40747051882613636589e+113", "-1.4074705188261364e+113"},
      {"-3.33397454730426135551e-121", "-3.3339745473042614e-121"},
      {"-1.23421807662113954066e-271", "-1.2342180766211395e-271"},
      {"-5.12686400424493510657e+111", "-5.126864004244935e+111"},
      {"-2.15202175798442270718e+32", "-2.1520217579844227e+32"},
      {"1.39960163039770102422e-01", "0.1399601630397701"},
      {"1.01853664031721995776e-244", "1.01853664031722e-244"},
      {"2.97045981862345773673e-115", "2.9704598186234577e-115"},
      {"3.05341833387268232845e+150", "3.0534183338726823e+150"},
      {"-0.061861904435672521", "-0.06186190443567252"},
      {"-2.3848416591046974e-05", "-2.3848416591046974e-05"},
      {"1.4788237585620156e-08", "1.4788237585620156e-08"},
      {"462367.43355884834", "462367.43355884834"},
      {"-44103526797777936", "-44103526797777936"},
      {"-22112537682646204", "-22112537682646204"},
      {"0.00059429398286240894", "0.0005942939828624089"},
      {"2358523.699261623", "2358523.699261623"},
      {"-7.4660153489946059e-08", "-7.466015348994606e-08"},
      {"9.4467457937307255e-08", "9.446745793730726e-08"},
      {"-0.058108723500976428", "-0.05810872350097643"},
      {"0.0092025420043499919", "0.009202542004349992"},
  };
  for (const auto& [text, printed] : cases) {
    const auto& given = text;  // clang 14: CAPTURE takes no structured binding
    CAPTURE(given);
    CHECK(reprinted(given) == printed);
    CHECK(reprinted(printed) == printed);
    CHECK(reprinted("[" + std::string(given) + " ]") == "[" + std::string(printed) + "]");
  }
}

TEST_CASE("a number that no double holds is refused") {
  CHECK(error_of([] { json::parse("1e400"); }) == ErrorCode::bad_input);
  CHECK(error_of([] { json::parse("[-1e400]"); }) == ErrorCode::bad_input);
}

TEST_CASE("keys keep their order, and are sorted by code point when asked for") {
  // By UTF-16 units U+10000 would come before U+FFFD, by a locale "a" before "Z".
  const std::string text =
      "{\"b\":1,\"\uFFFD\":2,\"a\":{\"y\":[],\"x\":null},\"Z\":true,\"\U00010000\":3,\"\":4,\"aa\":5,\"é\":"
      "6}";
  CHECK(reprinted(text) == text);
  CHECK(json::sorted(json::parse(text)) ==
        "{\"\":4,\"Z\":true,\"a\":{\"x\":null,\"y\":[]},\"aa\":5,\"b\":1,\"é\":6,\"\uFFFD\":2,\"\U00010000\":"
        "3}");
}

TEST_CASE("a repeated key keeps its first position and its last value") {
  CHECK(reprinted(R"({"a":1,"b":2,"a":{"c":3}})") == R"({"a":{"c":3},"b":2})");
  CHECK(reprinted(R"({"a":{"c":3},"b":2,"a":{"d":4}})") == R"({"a":{"d":4},"b":2})");
  CHECK(reprinted(R"([{"a":1,"a":2},{"a":3}])") == R"([{"a":2},{"a":3}])");
}

TEST_CASE("many keys, some of them twice, at several levels") {
  Random random(3);
  for (int round = 0; round < 30; ++round) {
    std::string text = "{";
    std::vector<std::string> order;
    std::map<std::string, std::string> last;
    const std::size_t keys = random.between(1, 200), count = random.between(1, 300);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string key = std::to_string(random.below(keys));
      const std::string value =
          random.one_in(4) ? "{\"" + key + "\":[" + std::to_string(i) + "]}" : std::to_string(i);
      if (i > 0) text += ',';
      text += "\"" + key + "\":" + value;
      if (last.emplace(key, value).second) order.push_back(key);
      last[key] = value;
    }
    text += '}';
    std::string expected = "{";
    for (const std::string& key : order) {
      expected += (expected.size() > 1 ? ",\"" : "\"") + key + "\":" + last[key];
    }
    CHECK(reprinted(text) == expected + '}');
    CHECK(reprinted("[" + text + ",{\"o\":" + text + "}]") ==
          "[" + expected + "},{\"o\":" + expected + "}}]");
  }
}

TEST_CASE("only so many levels are read, and depth costs no stack") {
  CHECK(reprinted(nested(64)) == nested(64));
  CHECK(error_of([] { json::parse(nested(65)); }) == ErrorCode::too_large);
  CHECK(error_of([] { json::parse(nested(2'000'000)); }) == ErrorCode::too_large);
  CHECK(error_of([] { json::parse(std::string(2'000'000, '[')); }) == ErrorCode::too_large);
  std::string objects;
  for (int i = 0; i < 65; ++i) objects += "{\"a\":";
  CHECK(error_of([&] { json::parse(objects + "1" + std::string(65, '}')); }) == ErrorCode::too_large);
  CHECK(error_of([] { json::parse("[[[1]]]", {.depth = 2}); }) == ErrorCode::too_large);
  CHECK(json::ordered(json::parse("[[[1]],[[2]]]", {.depth = 3})) == "[[[1]],[[2]]]");
}

TEST_CASE("strings and keys are limited") {
  const json::Limits limits{.depth = 64, .string_bytes = 4};
  CHECK(json::ordered(json::parse(R"({"abcd":"efgh"})", limits)) == R"({"abcd":"efgh"})");
  CHECK(error_of([&] { json::parse(R"({"abcde":1})", limits); }) == ErrorCode::too_large);
  CHECK(error_of([&] { json::parse(R"({"a":["abcde"]})", limits); }) == ErrorCode::too_large);
}

TEST_CASE("invalid JSON is refused, with the position") {
  using namespace std::string_literals;
  for (const std::string& text :
       {""s, " "s, "{"s, "["s, "[1,]"s, R"({"a":1,})"s, R"({"a"})"s, R"({"a":})"s, R"({a:1})"s, R"({1:1})"s,
        "nul"s, "True"s, "01"s, "1."s, ".5"s, "+1"s, "-"s, "1e"s, "0x1"s, "NaN"s, "Infinity"s, "'a'"s, "\"a"s,
        "\"\\x\""s, "\"\\u12\""s, "[1 2]"s, "{} x"s, "1 2"s, "[1]]"s, "\"\t\""s, "\"\n\""s, "\"\0\""s, "\0"s,
        "1\0"s, "{}\0x"s,
        // Ill-formed UTF-8, also as escapes of halves of a surrogate pair.
        "\"\xFF\""s, "\"\xC3\""s, "\"\xED\xA0\x80\""s, "{\"\x80\":1}"s, "\xFF"s, R"("\ud800")"s,
        R"("\udc00")"s, R"("\ud800\u0041")"s}) {
    CAPTURE(text);
    CHECK(error_of([&] { json::parse(text); }) == ErrorCode::bad_input);
  }
  CHECK(testing::message_of([] { json::parse("{\"a\":\n  oops}"); }).find("line 2, column 3") !=
        std::string::npos);
}

TEST_CASE("escapes and white space are read") {
  CHECK(reprinted(" \t\r\n[ 1 , { \"a\" : null } ] \n") == R"([1,{"a":null}])");
  CHECK(*json::parse(R"("\"\\\/\b\f\n\r\t\u0041\u00e9\u0000\ud83d\ude00")").as_string() ==
        std::string("\"\\/\b\f\n\r\tAé") + '\0' + "\U0001F600");
}

TEST_CASE("strings are written as the old server wrote them") {
  CHECK(json::quoted("a/\u007Fé\u2028ن\U0001F600") == "\"a/\u007Fé\u2028ن\U0001F600\"");
  CHECK(json::quoted("\"\\\n\r\t\b\f") == R"("\"\\\n\r\t\b\f")");
  CHECK(json::quoted({"\0\x01\x0B\x0E\x1F", 5}) == R"("\u0000\u0001\u000b\u000e\u001f")");
  CHECK(json::quoted("") == "\"\"");
  std::string out = "x";
  json::write_optional(std::nullopt, out);
  json::write_optional("y", out);
  CHECK(out == "xnull\"y\"");
}

TEST_CASE("members are found, set in their place and erased") {
  json::Value object = json::parse(R"({"a":1,"b":2,"c":3})");
  REQUIRE(object.find("b") != nullptr);
  CHECK(object.find("b")->as_integer() == 2);
  CHECK(object.find("x") == nullptr);
  CHECK(json::Value("text").find("a") == nullptr);
  object.set("b", "two");
  object.set("d", json::Array{});
  CHECK(json::ordered(object) == R"({"a":1,"b":"two","c":3,"d":[]})");
  CHECK(object.erase("a"));
  CHECK_FALSE(object.erase("a"));
  CHECK(json::ordered(object) == R"({"b":"two","c":3,"d":[]})");
  json::Value null;
  null.set("a", nullptr);
  CHECK(json::ordered(null) == R"({"a":null})");
}

TEST_CASE("integers are those that fit 64 bits") {
  const auto integer = [](const char* text) { return json::parse(text).as_integer(); };
  CHECK(integer("9223372036854775807") == INT64_MAX);
  CHECK(integer("-9223372036854775808") == INT64_MIN);
  CHECK(integer("0") == 0);
  for (const char* text :
       {"9223372036854775808", "-9223372036854775809", "1.0", "1e3", "0.5", "\"1\"", "true", "null", "[]"}) {
    CAPTURE(text);
    CHECK_FALSE(integer(text));
  }
}

TEST_CASE("any value comes back as it was written") {
  Random random(4);
  for (int round = 0; round < 3'000; ++round) {
    const json::Value value = testing::random_json(random);
    const std::string text = json::ordered(value);
    CAPTURE(text);
    const json::Value back = json::parse(text);
    CHECK(back == value);
    const std::string sorted = json::sorted(value);
    CHECK(sorted.size() == text.size());
    CHECK(json::sorted(json::parse(sorted)) == sorted);
    CHECK(json::ordered(json::parse(sorted)) == sorted);
  }
}

TEST_CASE("the members of a written object are found without reading them") {
  Random random(6);
  std::size_t objects = 0;
  for (int round = 0; round < 3'000; ++round) {
    const json::Value value = testing::random_json(random);
    const std::string text = json::ordered(value);
    CAPTURE(text);
    if (value.as_object() == nullptr) {
      CHECK(error_of([&] { json::written_members(text); }) == ErrorCode::internal);
      continue;
    }
    ++objects;
    std::string again;
    for (const auto& [key, member] : json::written_members(text)) {
      again += again.empty() ? "{\"" : ",\"";
      again.append(key).append("\":").append(member);
      CHECK(json::ordered(json::parse(member)) == member);
    }
    CHECK((again.empty() ? "{}" : again + "}") == text);
    CHECK(json::written_members(text).size() == value.as_object()->size());
    // Cut off anywhere it is invalid.
    CHECK(error_of([&] {
            json::written_members(std::string_view(text).substr(0, random.below(text.size())));
          }) == ErrorCode::internal);
  }
  CHECK(objects > 500);
}

TEST_CASE("damaged text is refused or read, never worse") {
  Random random(5);
  const std::string bytes = "{}[],:\"\\0123456789eE+-.truefalsn\x80\xC3\xA9\xFF \n";
  std::size_t read = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text = json::ordered(testing::random_json(random, 3));
    for (std::size_t left = random.between(1, 3); left > 0; --left) {
      const std::size_t at = random.below(text.size() + 1);
      switch (random.below(3)) {
        case 0:
          text.insert(at, 1, random.pick(bytes));
          break;
        case 1:
          text.erase(at, random.between(1, 3));
          break;
        default:
          text = text.substr(0, at);
      }
    }
    json::Value value;
    if (error_of([&] { value = json::parse(text); })) continue;
    ++read;
    CHECK(json::parse(json::ordered(value)) == value);
  }
  CHECK(read > 0);
}
