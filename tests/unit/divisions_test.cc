#include "corpus/divisions.h"

#include <algorithm>
#include <set>

#include "corpus/surahs.h"
#include "testing.h"

using namespace kalima;
using namespace kalima::corpus;
using attributes::Region;

namespace {

bool is_verse(VersePlace place) {
  return place.surah >= 1 && place.surah <= surahs().size() && place.ayah >= 1 &&
         static_cast<int>(place.ayah) <= surahs()[place.surah - 1].verses;
}

bool starts(Region region, VersePlace place) {
  return std::ranges::binary_search(first_verses(region), place);
}

}  // namespace

TEST_CASE("the surahs: numbers of verses, orders of revelation, names") {
  CHECK(surahs().size() == 114);
  std::size_t verses = 0, meccan = 0;
  std::set<int> orders;
  for (const Surah& surah : surahs()) {
    verses += static_cast<std::size_t>(surah.verses);
    meccan += surah.place == attributes::Place::meccan;
    orders.insert(surah.order);
    CHECK_FALSE(surah.name.empty());
    CHECK_FALSE(surah.latin.empty());
    CHECK_FALSE(surah.english.empty());
    // The edition sets all Meccan surahs before the Medinan ones.
    CHECK((surah.order <= 86) == (surah.place == attributes::Place::meccan));
  }
  CHECK(verses == all_verses);
  CHECK(meccan == 86);
  CHECK(orders.size() == 114);
  CHECK(*orders.begin() == 1);
  CHECK(*orders.rbegin() == 114);
  CHECK(surahs()[95].order == 1);
  CHECK(surahs()[109].order == 114);
  CHECK(surahs()[1].name == "البقرة");
  CHECK(surahs()[1].latin == "al-Baqara");
  CHECK(surahs()[113].english == "Mankind");
}

TEST_CASE("the parts: their numbers, in order, each at a verse that exists") {
  const std::pair<Region, std::size_t> counts[] = {{Region::juz, 30},      {Region::hizb, 60},
                                                   {Region::quarter, 240}, {Region::manzil, 7},
                                                   {Region::ruku, 556},    {Region::page, 604}};
  for (const auto& expected : counts) {
    const Region region = expected.first;
    const auto places = first_verses(region);
    CAPTURE(static_cast<int>(region));
    CHECK(places.size() == expected.second);
    CHECK(places.front() == VersePlace{1, 1});
    CHECK(std::ranges::is_sorted(places));
    CHECK(std::ranges::adjacent_find(places) == places.end());
    CHECK(std::ranges::all_of(places, is_verse));
  }
  CHECK(first_verses(Region::verse).empty());
}

TEST_CASE("what the parts have in common") {
  // Every juz and hizb begins a quarter; every surah and manzil begins a ruku.
  for (const Region region : {Region::juz, Region::hizb}) {
    for (const VersePlace place : first_verses(region)) CHECK(starts(Region::quarter, place));
  }
  for (std::uint32_t surah = 1; surah <= 114; ++surah) CHECK(starts(Region::ruku, {surah, 1}));
  for (const VersePlace place : first_verses(Region::manzil)) {
    CHECK(place.ayah == 1);
    CHECK(starts(Region::ruku, place));
  }
  for (std::size_t juz = 0; juz < 30; ++juz) {
    CHECK(first_verses(Region::juz)[juz] == first_verses(Region::hizb)[2 * juz]);
  }
}

TEST_CASE("the part that holds a verse") {
  CHECK(part_of(Region::juz, {2, 255}) == 3);
  CHECK(part_of(Region::juz, {2, 252}) == 2);
  CHECK(part_of(Region::page, {2, 255}) == 42);
  CHECK(part_of(Region::page, {1, 7}) == 1);
  CHECK(part_of(Region::page, {114, 6}) == 604);
  CHECK(part_of(Region::hizb, {114, 6}) == 60);
  CHECK(part_of(Region::manzil, {50, 1}) == 7);
  CHECK(part_of(Region::ruku, {1, 7}) == 1);
  CHECK(part_of(Region::juz, {0, 0}) == 0);
}

TEST_CASE("the verses of prostration") {
  const auto verses = sajda_verses();
  CHECK(verses.size() == 15);
  CHECK(std::ranges::all_of(verses, is_verse));
  CHECK(verses.front() == VersePlace{7, 206});
  CHECK(verses.back() == VersePlace{96, 19});
}
