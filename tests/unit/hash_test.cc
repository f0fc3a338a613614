#include "support/hash.h"

#include <doctest/doctest.h>

#include <string>

using namespace kalima;

// Indexes on disk hold these values, so they may not change: XXH3's own, as its specification gives them.
TEST_CASE("the hash is XXH3") {
  CHECK(hash_of("") == 0x2D06800538D394C2);
  CHECK(hash_of("a") == 0xE6C632B61E964E1F);
  CHECK(hash_of("abc") == 0x78AF5F94892F3950);
}

TEST_CASE("bytes that come in parts hash as they do in one piece") {
  std::string text;
  for (int i = 0; i < 100000; ++i) text += static_cast<char>(i * 7 % 251);
  Hasher hasher;
  CHECK(hasher.value() == hash_of(""));
  for (std::size_t at = 0, size = 1; at < text.size(); at += size, size = size * 3 + 1) {
    hasher.add(std::string_view(text).substr(at, size));
  }
  CHECK(hasher.value() == hash_of(text));
  hasher.add("x");
  CHECK(hasher.value() == hash_of(text + "x"));
}
