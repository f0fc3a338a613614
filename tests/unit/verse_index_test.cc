#include "importers/verse_index.h"

#include <limits>

#include "testing.h"

using namespace kalima;

TEST_CASE("a verse is found by its numbers, and added once") {
  importers::VerseIndex verses;
  CHECK(verses.add(1, 1, 0));
  CHECK(verses.add(1, 2, 1));
  CHECK(verses.add(2, 1, 2));
  CHECK_FALSE(verses.add(1, 2, 3));
  CHECK(verses.size() == 3);
  CHECK(verses.find(1, 2) == 1);
  CHECK(verses.find(2, 1) == 2);
  CHECK_FALSE(verses.find(2, 2));
}

TEST_CASE("numbers that no verse has are not taken for those of another one") {
  importers::VerseIndex verses;
  verses.add(1, 1, 0);
  verses.add(0, 0, 1);
  constexpr std::int64_t large = std::int64_t{1} << 32;
  CHECK_FALSE(verses.find(large + 1, 1));
  CHECK_FALSE(verses.find(1, large + 1));
  CHECK_FALSE(verses.find(1, 1 - large));
  CHECK_FALSE(verses.find(large, 0));
  CHECK_FALSE(verses.find(std::numeric_limits<std::int64_t>::min(), 0));
}

TEST_CASE("segments are found in whatever order they come") {
  importers::SegmentSet segments;
  CHECK_FALSE(segments.has_any(0));
  CHECK(segments.insert(2, 1, 1));
  CHECK(segments.insert(2, 3, 1));
  CHECK(segments.insert(2, 2, 4095));
  CHECK_FALSE(segments.insert(2, 3, 1));
  CHECK_FALSE(segments.insert(2, 2, 4095));
  CHECK(segments.insert(0, 2, 4095));
  CHECK_FALSE(segments.has_any(1));
  CHECK_FALSE(segments.has_any(3));
  CHECK(segments.contains(2, 1, 1));
  CHECK(segments.contains(2, 2, 4095));
  CHECK_FALSE(segments.contains(2, 2, 1));
  CHECK_FALSE(segments.contains(1, 1, 1));
  // Not taken for (2, 1, 1) or (2, 3, 1).
  CHECK_FALSE(segments.contains(2, 0, 4097));
  CHECK_FALSE(segments.contains(2, (1 << 20) + 1, 1));
  CHECK_FALSE(segments.contains(2, -1, 1));
}
