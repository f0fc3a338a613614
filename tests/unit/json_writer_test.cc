#include "http/json_writer.h"

#include <limits>

#include "support/json.h"
#include "support/utf8.h"
#include "testing.h"

using namespace kalima;
using http::JsonWriter;

TEST_CASE("objects and arrays have commas where they belong") {
  JsonWriter out;
  out.begin_object();
  out.key("a").value(1).key("b").begin_array().value("x").value("y").begin_array().end_array().end_array();
  out.key("c").begin_object().end_object().key("d").null().key("e").raw("[1,2]").key("f").value(true);
  out.end_object();
  CHECK(out.take() == R"({"a":1,"b":["x","y",[]],"c":{},"d":null,"e":[1,2],"f":true})");
}

TEST_CASE("numbers are written in full") {
  JsonWriter out;
  out.begin_array();
  out.value(std::numeric_limits<std::int64_t>::min()).value(std::numeric_limits<std::uint64_t>::max());
  out.value(-1).value(0u).value(1.5, 3).value(1e300 * 1e300, 1).value(-0.25, 2);
  out.value(std::optional<int>()).value(std::optional<int>(7)).end_array();
  CHECK(out.take() == "[-9223372036854775808,18446744073709551615,-1,0,1.500,null,-0.25,null,7]");
}

TEST_CASE("a text is the same after reading, ill-formed sequences replaced") {
  const auto written = [](std::string_view text) {
    JsonWriter out;
    out.value(text);
    return out.take();
  };
  CHECK(written("\"\\\n\x01\x7F/") == "\"\\\"\\\\\\n\\u0001\x7F/\"");
  CHECK(written("\xD9\x85\xE2\x80\xAE\xF0\x9F\x98\x80") == "\"\xD9\x85\xE2\x80\xAE\xF0\x9F\x98\x80\"");
  testing::Random random(7);
  for (int round = 0; round < 3'000; ++round) {
    std::string text;
    static const std::vector<std::string> parts = {
        "a",        "\"",       "\\",       "\n",   "\0x",  "\xD9\x85",        "\xD9", "\xED\xA0\x80", "\xC0",
        "\xC1\xBF", "\xF4\x90", "\xE2\x80", "\x80", "\xFF", "\xF0\x9F\x98\x80"};
    for (std::size_t left = random.below(12); left > 0; --left) {
      if (random.one_in(3)) {
        text.push_back(static_cast<char>(random.below(256)));
      } else {
        text += parts[random.below(parts.size())];
      }
    }
    const std::string json = written(text);
    REQUIRE(utf8::valid(json));
    CHECK(*json::parse(json).as_string() == utf8::repaired(text));
  }
}
