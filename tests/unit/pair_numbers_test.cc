#include "support/pair_numbers.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <utility>

#include "testing.h"

namespace kalima {
namespace {

TEST_CASE("Pairs have the numbers of their first coming, however many there are") {
  testing::Random random(11);
  for (const std::size_t values : {1U, 7U, 400U}) {
    PairNumbers numbers;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> known;
    for (int i = 0; i < 20'000; ++i) {
      const auto a = static_cast<std::uint32_t>(random.below(values)),
                 b = 0xFFFFFFFF - static_cast<std::uint32_t>(random.below(values));
      const auto [place, is_new] = known.try_emplace({a, b}, static_cast<std::uint32_t>(known.size()));
      REQUIRE(numbers.of(a, b) == std::pair(place->second, is_new));
    }
  }
}

TEST_CASE("The table follows the number of different pairs, not of all") {
  PairNumbers numbers;
  for (std::uint32_t i = 0; i < 100'000; ++i) numbers.of(i % 10, 0);
  CHECK(numbers.bytes() <= 4096);
  for (std::uint32_t i = 0; i < 1'000; ++i) numbers.of(i, 1);
  CHECK(numbers.bytes() <= std::size_t{1'010} * 4 * 16);
}

}  // namespace
}  // namespace kalima
