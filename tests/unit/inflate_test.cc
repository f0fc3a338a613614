#include "support/inflate.h"

#include "app/license_texts.h"
#include "testing.h"

using namespace kalima;

TEST_CASE("what was compressed comes back, and what is damaged is an error") {
  const std::string_view good = app::compressed_licenses();
  const std::string text = inflate(good);
  CHECK(text.starts_with("kalima\n======\n\n"));
  CHECK(text.size() > 2 * good.size());
  for (const std::size_t cut : {std::size_t{0}, std::size_t{1}, good.size() / 2, good.size() - 1}) {
    CAPTURE(cut);
    CHECK(testing::error_of([&] { inflate(good.substr(0, cut)); }) == ErrorCode::internal);
  }
  CHECK(testing::error_of([&] { inflate(std::string(good) + "x"); }) == ErrorCode::internal);
  std::string damaged(good);
  damaged[damaged.size() / 2] ^= 0x10;
  CHECK(testing::error_of([&] { inflate(damaged); }) == ErrorCode::internal);
}
