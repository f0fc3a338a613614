#include "support/numbers.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

using namespace kalima;

TEST_CASE("a number is ASCII digits and nothing else") {
  CHECK(numbers::parse<int>("0") == 0);
  CHECK(numbers::parse<int>("114") == 114);
  CHECK(numbers::parse<int>("007") == 7);
  for (const char* text : {"", " ", "-", "+", "+1", "-0", "-1", " 1", "1 ", "1.0", "1e3", "0x10", "1,000",
                           "١", "1\n", "--1", "a"}) {
    CAPTURE(text);
    CHECK(numbers::parse<int>(text) == std::nullopt);
    CHECK(numbers::parse<std::uint64_t>(text) == std::nullopt);
  }
  CHECK(numbers::parse<int>(std::string("1\0", 2)) == std::nullopt);
}

TEST_CASE("a number must fit its type and its bounds") {
  CHECK(numbers::parse<std::int64_t>("9223372036854775807") == INT64_MAX);
  CHECK(numbers::parse<std::int64_t>("9223372036854775808") == std::nullopt);
  CHECK(numbers::parse<std::uint64_t>("18446744073709551615") == UINT64_MAX);
  CHECK(numbers::parse<std::uint64_t>("18446744073709551616") == std::nullopt);
  CHECK(numbers::parse<std::uint8_t>("256") == std::nullopt);
  CHECK(numbers::parse<int>("1", {.min = 1, .max = 3}) == 1);
  CHECK(numbers::parse<int>("3", {.min = 1, .max = 3}) == 3);
  CHECK(numbers::parse<int>("0", {.min = 1, .max = 3}) == std::nullopt);
  CHECK(numbers::parse<int>("4", {.min = 1, .max = 3}) == std::nullopt);
}

TEST_CASE("a sign, another base and strict zeros are for those who ask") {
  CHECK(numbers::parse<std::int64_t>("-9223372036854775808", {.sign = true}) == INT64_MIN);
  CHECK(numbers::parse<int>("-5", {.min = -4, .sign = true}) == std::nullopt);
  CHECK(numbers::parse<int>("+5", {.sign = true}) == std::nullopt);
  CHECK(numbers::parse<int>("--5", {.sign = true}) == std::nullopt);
  CHECK(numbers::parse<unsigned>("-5", {.sign = true}) == std::nullopt);
  CHECK(numbers::parse<int>("aF", {.base = 16}) == 0xAF);
  CHECK(numbers::parse<int>("g", {.base = 16}) == std::nullopt);
  CHECK(numbers::parse<int>("0", {.leading_zeros = false}) == 0);
  CHECK(numbers::parse<int>("10", {.leading_zeros = false}) == 10);
  for (const char* text : {"00", "01", "-01"}) {
    CHECK(numbers::parse<int>(text, {.sign = true, .leading_zeros = false}) == std::nullopt);
  }
}
