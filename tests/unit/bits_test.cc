// Bits against std::vector<bool>, at sizes round the borders of blocks and chunks, after any order of operations; and Starts
// as lists and as bits.
#include "support/bits.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "query/run/ends.h"
#include "query/run/paged.h"
#include "query/run/starts.h"

using namespace kalima;
using namespace kalima::query;

namespace {

using Model = std::vector<bool>;

constexpr std::size_t sizes[] = {0, 1, 63, 64, 65, 4095, 4096, 4097, 8192, 12'289, 20'000};

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::size_t below(std::size_t end) { return end == 0 ? 0 : engine_() % end; }

 private:
  std::mt19937 engine_;
};

// A row and its model, of few, many or all places, mostly in ranges or alone.
struct Row {
  Bits bits;
  Model model;

  Row(std::size_t size, bool all) : bits(size, all), model(size, all) {}
  Row(std::size_t size, Random& random) : Row(size, random.below(4) == 0) {
    const std::size_t changes = random.below(6);
    for (std::size_t i = 0; i < changes && size > 0; ++i) change(random);
  }

  void change(Random& random) {
    const std::size_t size = model.size();
    switch (random.below(4)) {
      case 0:
        flip();
        break;
      case 1: {
        std::size_t begin = random.below(size), end = begin + random.below(2 * 4096);
        // Whole chunks too.
        if (random.below(3) == 0) begin = begin / 4096 * 4096, end = begin + 4096 * random.below(3);
        bits.set_range(begin, end);
        for (std::size_t i = begin; i < std::min(end, size); ++i) model[i] = true;
        break;
      }
      default:
        for (std::size_t i = 0; i < random.below(40) + 1; ++i) {
          const std::size_t place = random.below(size);
          bits.set(place);
          model[place] = true;
        }
    }
  }
  void flip() {
    bits.flip();
    model.flip();
  }
};

std::vector<std::size_t> places_of(const Model& model) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < model.size(); ++i) {
    if (model[i]) out.push_back(i);
  }
  return out;
}
std::vector<std::size_t> places_of(const Bits& bits) {
  std::vector<std::size_t> out;
  bits.each([&](std::size_t place) { out.push_back(place); });
  return out;
}

bool has(const Model& model, std::size_t place) { return place < model.size() && model[place]; }

void check_alike(const Bits& bits, const Model& model, Random& random) {
  REQUIRE(bits.size() == model.size());
  const std::vector<std::size_t> places = places_of(model);
  REQUIRE(places_of(bits) == places);
  CHECK(bits.count() == places.size());
  CHECK(std::min<std::size_t>(bits.count(5), 5) == std::min<std::size_t>(places.size(), 5));
  CHECK(bits.blocks() == (model.size() + 63) / 64);
  for (int i = 0; i < 20; ++i) {
    const std::size_t place = random.below(model.size() + 100);
    CHECK(bits.test(place) == has(model, place));
    const auto next = std::ranges::lower_bound(places, place);
    CHECK(bits.next(place) == (next == places.end() ? model.size() : *next));
    std::uint64_t from = 0;
    for (std::size_t bit = 0; bit < 64; ++bit) from |= std::uint64_t{has(model, place + bit)} << bit;
    CHECK(bits.from(place) == from);
  }
  for (std::size_t block = 0; block < bits.blocks(); ++block)
    REQUIRE(bits.block(block) == bits.from(block * 64));
  Bits other(model.size());
  for (const std::size_t place : places) other.set(place);
  CHECK(bits == other);
  if (!model.empty()) {
    const std::size_t place = random.below(model.size());
    Bits one(model.size());
    one.set(place);
    other = bits;
    if (has(model, place)) {
      other.minus(one);
    } else {
      other |= one;
    }
    CHECK_FALSE(bits == other);
  }
}

}  // namespace

TEST_CASE("A place after the last one of a row of bits is not lost") {
  Starts both(Bits(200, true));
  REQUIRE(both.dense());
  const Starts fresh = both.add(Starts(std::vector<std::uint32_t>{199, 200}));
  CHECK(fresh.count() == 1);
  CHECK(both.count() == 201);
  Starts list(std::vector<std::uint32_t>{200});
  CHECK(list.add(Starts(Bits(200, true))).count() == 200);
  CHECK(list.count() == 201);
}

TEST_CASE("a row of bits is what single places would be") {
  Random random(1);
  for (int round = 0; round < 400; ++round) {
    const std::size_t size = sizes[random.below(std::size(sizes))];
    Row row(size, random);
    check_alike(row.bits, row.model, random);
    for (int i = 0; i < 4; ++i) {
      // Of another size every other time.
      const Row other(random.below(2) == 0 ? size : sizes[random.below(std::size(sizes))], random);
      switch (random.below(4)) {
        case 0:
          row.bits &= other.bits;
          for (std::size_t place = 0; place < size; ++place)
            row.model[place] = row.model[place] && has(other.model, place);
          break;
        case 1:
          row.bits |= other.bits;
          for (std::size_t place = 0; place < size; ++place)
            row.model[place] = row.model[place] || has(other.model, place);
          break;
        case 2:
          row.bits.minus(other.bits);
          for (std::size_t place = 0; place < size; ++place)
            row.model[place] = row.model[place] && !has(other.model, place);
          break;
        default: {
          const std::size_t offset = random.below(3) == 0 ? random.below(3) * 4096 : random.below(9000);
          row.bits = row.bits.where_shifted(other.bits, offset);
          for (std::size_t place = 0; place < size; ++place)
            row.model[place] = row.model[place] && has(other.model, place + offset);
        }
      }
      if (random.below(4) == 0) {
        const std::size_t part = 1 + random.below(5000);
        row.bits = row.bits.where([&](std::size_t place) { return place / part % 2 == 0; });
        for (std::size_t place = 0; place < size; ++place)
          row.model[place] = row.model[place] && place / part % 2 == 0;
      }
      if (size > 0 && random.below(2) == 0) row.change(random);
      check_alike(row.bits, row.model, random);
    }
  }
}

TEST_CASE("a row takes room where some but not all places are in it") {
  constexpr std::size_t size = 4096 * 1000;
  const std::size_t room = Bits(size).bytes();
  CHECK(room < size / 8 / 50);
  CHECK(Bits(size, true).bytes() == room);
  Bits few(size);
  few.set(5);
  few.set(size - 1);
  CHECK(few.bytes() == room + 2 * 512);
  // What was many and is few gives its room back.
  Bits many(size);
  for (std::size_t place = 0; place < size; place += 100) many.set(place);
  CHECK(many.bytes() > size / 8);
  many &= few;
  CHECK(many.bytes() < room + 2 * 512 + 1);
  // The first chunk and the last partial one.
  Bits all(size + 10);
  all.set_range(0, size + 10);
  CHECK(all.bytes() < room + 4 + 512 + 1);
  CHECK(all.count() == size + 10);
}

TEST_CASE("places of starts are the same as a list and as bits") {
  Random random(2);
  for (int round = 0; round < 300; ++round) {
    const std::size_t size = 1 + random.below(9000);
    Row some(size, random), others(size, random);
    const Starts starts(some.bits), wanted(others.bits);
    const auto offset = static_cast<std::ptrdiff_t>(random.below(200)) - 100;
    std::vector<std::uint32_t> expected, united;
    for (std::size_t place = 0; place < size; ++place) {
      const std::ptrdiff_t there = static_cast<std::ptrdiff_t>(place) + offset;
      if (some.model[place] && there >= 0 && has(others.model, static_cast<std::size_t>(there)))
        expected.push_back(static_cast<std::uint32_t>(place));
      if (some.model[place] || others.model[place]) united.push_back(static_cast<std::uint32_t>(place));
    }
    const auto list_of = [](const Starts& from) {
      std::vector<std::uint32_t> out;
      from.each([&](std::uint32_t place) { out.push_back(place); });
      return out;
    };
    const auto as_list = [&](const Starts& from) { return Starts(list_of(from)); };
    for (const Starts& own : {starts, as_list(starts)}) {
      CHECK(list_of(own.at(others.bits, offset)) == expected);
      for (const Starts& of : {wanted, as_list(wanted)}) {
        CHECK(list_of(own.at(of, offset)) == expected);
        Starts both = own;
        const Starts fresh = both.add(of);
        CHECK(list_of(both) == united);
        CHECK(both.count() == united.size());
        CHECK(fresh.count() + own.count() == united.size());
      }
    }
  }
}

TEST_CASE("a paged array has what was written, and what is missing elsewhere") {
  Paged<std::uint32_t> paged(2000, 7);
  std::vector<std::uint32_t> model(2000, 7);
  Random random(3);
  for (int i = 0; i < 50; ++i) {
    const std::size_t at = random.below(2000);
    paged.at(at) = model[at] = static_cast<std::uint32_t>(i);
  }
  for (std::size_t at = 0; at < model.size(); ++at) REQUIRE(paged[at] == model[at]);
}

TEST_CASE("ends of few spans and of many are what a look at each span gives") {
  Random random(4);
  for (int round = 0; round < 200; ++round) {
    const std::size_t size = 1 + random.below(300);
    Spans spans;
    struct One {
      std::uint32_t begin, end;
    };
    std::vector<One> all;
    // Few of a long axis are a list.
    const std::size_t lengths = random.below(4), starts_of_each = 1 + random.below(round % 2 == 0 ? 4 : 80);
    for (std::uint32_t length = 0; length <= lengths; ++length) {
      std::vector<std::uint32_t> starts;
      for (std::uint32_t start = 0; start + length <= size; ++start) {
        if (random.below(size) < starts_of_each) starts.push_back(start);
      }
      for (const std::uint32_t start : starts) all.push_back({start, start + length});
      spans.add(length, 0, Starts(std::move(starts)));
    }
    const FurthestEnds furthest(size, spans);
    const SoonestEnds soonest(size, spans);
    for (std::uint32_t place = 0; place <= size; ++place) {
      std::uint32_t last = 0, first = UINT32_MAX;
      for (const One& one : all) {
        if (one.begin <= place && one.end > one.begin) last = std::max(last, one.end);
        if (one.begin >= place) first = std::min(first, one.end);
      }
      REQUIRE(furthest.at(place) == last);
      REQUIRE(soonest.at(place) == first);
    }
  }
}
