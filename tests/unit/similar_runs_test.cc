// Runs that are similar to others, found by the sequences that they have in common, against comparing each with each.
#include "corpus/similar_runs.h"

#include <map>

#include "testing.h"

using namespace kalima;
using corpus::RunsByLength;
using corpus::Values;
using testing::Random;

namespace {

using Text = std::vector<std::uint32_t>;

constexpr auto never = [] { return false; };

RunsByLength random_runs(Random& random, std::size_t words, std::size_t max_length) {
  RunsByLength out;
  const std::size_t every = random.pick(std::vector<std::size_t>{1, 1, 2, 5});
  for (std::size_t lengths = random.between(1, 3); lengths > 0; --lengths) {
    const auto length = static_cast<std::uint32_t>(random.between(1, max_length));
    std::vector<std::uint32_t> begins;
    for (std::uint32_t word = 0; word + length <= words; ++word) {
      if (random.one_in(every)) begins.push_back(word);
    }
    if (!begins.empty()) out[length] = begins;
  }
  return out;
}

RunsByLength each_with_each(const Text& text, const RunsByLength& of, const RunsByLength& to,
                            std::uint32_t percent) {
  RunsByLength out;
  std::vector<std::uint32_t> row;
  const auto is_similar = [&](std::uint32_t begin, std::uint32_t m) {
    for (const auto& [n, others] : to) {
      for (const std::uint32_t other : others) {
        if (begin < other + n && other < begin + m) continue;
        const Values a = Values(text).subspan(begin, m), b = Values(text).subspan(other, n);
        if (200 * corpus::length_of_common(a, b, row, never) >= percent * (m + n)) return true;
      }
    }
    return false;
  };
  for (const auto& [m, begins] : of) {
    for (const std::uint32_t begin : begins) {
      if (is_similar(begin, m)) out[m].push_back(begin);
    }
  }
  return out;
}

}  // namespace

TEST_CASE("runs of a text that are similar to others are found") {
  Random random(5);
  std::size_t found = 0, asked = 0;
  for (int round = 0; round < 400; ++round) {
    const std::size_t values = random.pick(std::vector<std::size_t>{2, 5, 20, 60});
    Text text(random.between(1, 70));
    for (std::uint32_t& value : text) value = static_cast<std::uint32_t>(1 + random.below(values));
    // A part of it again, with a word or two left out.
    if (text.size() > 20) {
      for (std::size_t i = 0; i < 8; ++i) text[12 + i] = text[1 + i + i / 4];
    }
    const std::size_t max_length = random.between(1, 7);
    const RunsByLength of = random_runs(random, text.size(), max_length),
                       others = random_runs(random, text.size(), max_length);
    const RunsByLength& to = random.one_in(2) ? of : others;
    const auto percent = static_cast<std::uint32_t>(random.between(1, 100));
    std::ptrdiff_t bytes = 0;
    const RunsByLength runs = corpus::SimilarRuns(text, of, to, percent).find([&](std::ptrdiff_t more) {
      bytes += more;
      return true;
    });
    CHECK(runs == each_with_each(text, of, to, percent));
    CHECK(bytes == 0);
    for (const auto& [words, begins] : of) asked += begins.size();
    for (const auto& [words, begins] : runs) found += begins.size();
  }
  CHECK(found > 1000);
  CHECK(asked > found + 1000);
}

TEST_CASE("the work of similar runs is known before, and ends when it is told to") {
  const Text text(2000, 1);
  RunsByLength some, many;
  for (std::uint32_t word = 0; word + 8 <= text.size(); ++word) some[8].push_back(word);
  for (std::uint32_t words = 1; words <= 40; ++words) many[words].push_back(0);
  CHECK(corpus::SimilarRuns(text, some, some, 100).work() < 3e4);
  CHECK(corpus::SimilarRuns(text, some, some, 50).work() > 5e4);
  CHECK(corpus::SimilarRuns(text, many, many, 50).work() > 1e15);
  const RunsByLength long_ones = {{800, {0, 900}}, {1000, {100}}};
  CHECK(corpus::SimilarRuns(text, long_ones, long_ones, 30).work() > 1e15);
  std::size_t questions = 0;
  corpus::SimilarRuns(text, some, some, 50).find([&](std::ptrdiff_t) { return ++questions < 5; });
  CHECK(questions < 30);
}
