#include "api/legacy/values.h"

#include "testing.h"

using namespace kalima;
using api::legacy::count_member;
using api::legacy::count_parameter;
using api::legacy::parse_reference;
using api::legacy::python_int;
using testing::error_of;

namespace {

http::Request request_with(std::string_view query) {
  http::Request request;
  http::parse_target("/?" + std::string(query), request);
  return request;
}

}  // namespace

TEST_CASE("integers are read as Python's int() reads them") {
  const std::pair<const char*, std::int64_t> good[] = {
      {"0", 0},
      {"7", 7},
      {"-1", -1},
      {"+5", 5},
      {"007", 7},
      {"-0", 0},
      {" 12\n", 12},
      {"\u00A0-3\u2003", -3},
      {"1_000", 1000},
      {"1_2_3", 123},
      {"\u0661\u0662", 12},
      {"\u06F4\u06F5", 45},
      {"1\u0660", 10},
      {"9223372036854775807", INT64_MAX},
  };
  for (const auto& [its_text, value] : good) {
    const auto& text = its_text;  // clang 14: CAPTURE takes no structured binding
    CAPTURE(text);
    CHECK(python_int(text) == value);
  }
  for (const char* text :
       {"",    " ",  "-",  "+",    "--1", "+-1", "- 1",  "1 2",     "abc", "1a", "0x10", "1.0",
        "1e3", "_1", "1_", "1__0", "-_1", "1-",  "\xFF", "1\uFFFD", "½",   "²",  "1,000"}) {
    CAPTURE(text);
    CHECK_FALSE(python_int(text));
  }
  CHECK_FALSE(python_int(std::string_view("1\0", 2)));
}

TEST_CASE("integers beyond 64 bits stay on their side") {
  CHECK(python_int("9223372036854775808") == INT64_MAX);
  CHECK(python_int(std::string(5'000, '9')) == INT64_MAX);
  REQUIRE(python_int("-" + std::string(5'000, '9')));
  CHECK(*python_int("-" + std::string(5'000, '9')) <= -INT64_MAX);
}

TEST_CASE("a count in the query is a whole number from 0, or its default") {
  const auto limit = [](std::string_view query) { return count_parameter(request_with(query), "limit", 50); };
  CHECK(limit("") == 50);
  CHECK(limit("x=1") == 50);
  CHECK(limit("limit=0") == 0);
  CHECK(limit("limit=7") == 7);
  CHECK(limit("limit=7&limit=abc") == 7);
  CHECK(limit("limit=+8+") == 8);
  CHECK(limit("limit=99999999999999999999") > 1'000'000'000);
  for (const char* query :
       {"limit=abc", "limit=", "limit", "limit=-1", "limit=1.5", "limit=%FF", "limit=abc&limit=7"}) {
    CAPTURE(query);
    CHECK(error_of([&] { limit(query); }) == ErrorCode::bad_input);
    CHECK(testing::message_of([&] { limit(query); }).find("limit") != std::string::npos);
  }
  // What is wrong is shown, but not all of a long text.
  CHECK(testing::message_of([&] { limit("limit=" + std::string(10'000, 'x')); }).size() < 200);
}

TEST_CASE("a count in a body is a number or a text of digits") {
  const auto limit = [](const char* body) { return count_member(json::parse(body), "limit", 50); };
  CHECK(limit("{}") == 50);
  CHECK(limit(R"({"limit":3})") == 3);
  CHECK(limit(R"({"limit":"4"})") == 4);
  CHECK(limit(R"({"limit":0})") == 0);
  for (const char* body : {R"({"limit":-1})", R"({"limit":"x"})", R"({"limit":1.5})", R"({"limit":[1]})",
                           R"({"limit":""})", R"({"limit":null})"}) {
    CAPTURE(body);
    CHECK(error_of([&] { limit(body); }) == ErrorCode::bad_input);
  }
}

TEST_CASE("a verse is named by two integers and a colon") {
  const auto good = [](std::string_view text, std::int64_t surah, std::int64_t ayah) {
    const auto reference = parse_reference(text);
    return reference && reference->surah == surah && reference->ayah == ayah;
  };
  CHECK(good("1:5", 1, 5));
  CHECK(good("01:05", 1, 5));
  CHECK(good("-1:1", -1, 1));
  CHECK(good(" 1 : 5 ", 1, 5));
  CHECK(good("+1:5", 1, 5));
  CHECK(good("\u0661:\u0665", 1, 5));
  for (const char* text :
       {"", "1", "abc", ":", "1:", ":1", "1:x", "1:2:3", "1::2", "1:5.0", "1:0x5", "1-5", "1/5"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_reference(text));
  }
}

TEST_CASE("a value is true where Python takes it for true") {
  const auto truth = [](const char* text) {
    const json::Value value = json::parse(text);
    return api::legacy::truthy(&value);
  };
  for (const char* text : {"true", "1", "-1", "0.5", "1e-300", "1e300", "\"0\"", "\" \"", "[0]", "[null]",
                           "{\"a\":null}", "123456789012345678901234567890"}) {
    CAPTURE(text);
    CHECK(truth(text));
  }
  for (const char* text : {"false", "null", "0", "-0.0", "0.0", "0e5", "\"\"", "[]", "{}"}) {
    CAPTURE(text);
    CHECK_FALSE(truth(text));
  }
  CHECK_FALSE(api::legacy::truthy(nullptr));
}
