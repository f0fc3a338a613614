// Places with equal values, by their distance, against comparing each with each.
#include "query/run/equal_places.h"

#include "testing.h"

using namespace kalima;
using query::EqualPlaces;
using query::Starts;
using testing::Random;

namespace {

std::vector<std::uint32_t> list_of(const Starts& starts) {
  std::vector<std::uint32_t> out;
  starts.each([&](std::uint32_t place) { out.push_back(place); });
  return out;
}

// Asked often enough, all distances are known.
const Starts* known(EqualPlaces& equal, const std::vector<std::uint32_t>& values, std::uint32_t distance,
                    query::Guard& guard) {
  for (int i = 0; i < 20; ++i) equal.find(values, distance, guard);
  return equal.find(values, distance, guard);
}

}  // namespace

TEST_CASE("places with equal values are found by their distance") {
  const query::Options options;
  query::Guard guard(options);
  Random random(7);
  for (int round = 0; round < 20; ++round) {
    std::vector<std::uint32_t> values(random.between(1, 700));
    const std::size_t different = random.pick(std::vector<std::size_t>{30, 200});
    for (std::uint32_t& value : values) value = static_cast<std::uint32_t>(random.below(different));
    EqualPlaces equal;
    CHECK(equal.find(values, 1, guard) == nullptr);  // nothing is worked out for one
    for (std::uint32_t distance = 1; distance <= 500; ++distance) {
      std::vector<std::uint32_t> wanted;
      for (std::uint32_t place = 0; place + distance < values.size(); ++place) {
        if (values[place] != 0 && values[place] == values[place + distance]) wanted.push_back(place);
      }
      const Starts* const found = known(equal, values, distance, guard);
      REQUIRE(found != nullptr);
      CHECK(list_of(*found) == wanted);
    }
    CHECK(known(equal, values, 0, guard) == nullptr);
    CHECK(known(equal, values, 501, guard) == nullptr);
  }
}

TEST_CASE("too many equal places are not kept") {
  const query::Options options;
  query::Guard guard(options);
  const std::vector<std::uint32_t> same(5000, 1);
  EqualPlaces equal;
  CHECK(known(equal, same, 3, guard) == nullptr);
  CHECK(guard.max_used() == 0);
}
