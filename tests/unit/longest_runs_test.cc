// Runs that occur again, whole or but for one word, against comparing each with each.
#include "corpus/longest_runs.h"

#include <algorithm>

#include "testing.h"

using namespace kalima;
using corpus::LongestRuns;
using testing::Random;

namespace {

struct Text {
  std::vector<std::uint32_t> values, groups;
};

Text random_text(Random& random) {
  Text out;
  const std::size_t values = random.pick(std::vector<std::size_t>{2, 4, 12}), words = random.between(1, 60);
  std::uint32_t group = 1;
  for (std::size_t word = 0; word < words; ++word) {
    if (random.one_in(9)) ++group;
    out.groups.push_back(group);
    out.values.push_back(random.one_in(15) ? 0 : static_cast<std::uint32_t>(1 + random.below(values)));
  }
  // A part of it again.
  for (std::size_t i = 0; words > 40 && i < 15; ++i) out.values[22 + i] = out.values[3 + i];
  return out;
}

bool is_run(const Text& text, std::size_t word, std::size_t words) {
  return word + words <= text.values.size() && text.groups[word] == text.groups[word + words - 1];
}

// Where two runs differ; what is missing is like nothing.
std::vector<std::size_t> differences(const Text& text, std::size_t a, std::size_t b, std::size_t words) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < words; ++i) {
    if (text.values[a + i] != text.values[b + i] || text.values[a + i] == 0) out.push_back(i);
  }
  return out;
}

}  // namespace

TEST_CASE("the longest runs that occur again") {
  Random random(6);
  for (int round = 0; round < 300; ++round) {
    const Text text = random_text(random);
    const auto size = static_cast<std::uint32_t>(text.values.size());
    const auto max_words = static_cast<std::uint32_t>(random.pick(std::vector<std::size_t>{1, 2, 5, 100}));
    std::vector<std::uint32_t> same(size, 0), nearly(size, 0);
    std::vector<std::vector<std::uint32_t>> with_gap(size, std::vector<std::uint32_t>(size, 0));
    for (std::uint32_t a = 0; a < size; ++a) {
      for (std::uint32_t b = 0; b < size; ++b) {
        for (std::uint32_t words = 1; a != b && words <= max_words; ++words) {
          if (!is_run(text, a, words) || !is_run(text, b, words)) break;
          const std::vector<std::size_t> differ = differences(text, a, b, words);
          if (differ.size() > 1) break;
          nearly[a] = std::max(nearly[a], words);
          if (differ.empty()) same[a] = std::max(same[a], words);
          if (differ.size() == 1) with_gap[differ.front()][a] = std::max(with_gap[differ.front()][a], words);
        }
      }
    }
    std::ptrdiff_t bytes = 0;
    const auto count = [&](std::ptrdiff_t more) {
      bytes += more;
      return true;
    };
    {
      const LongestRuns whole(text.values, text.groups, max_words, false, count);
      LongestRuns runs(text.values, text.groups, max_words, true, count);
      std::vector<std::vector<std::uint32_t>> found(size, std::vector<std::uint32_t>(size, 0));
      for (std::uint32_t gap = 0; gap < size; ++gap) {
        for (const auto& [word, words] : runs.with_gap(gap)) found[gap][word] = words;
        CHECK(std::ranges::is_sorted(runs.with_gap(gap), {}, &LongestRuns::WithGap::word));
      }
      CHECK(found == with_gap);
      for (std::uint32_t word = 0; word < size; ++word) {
        CHECK(whole.same(word) == same[word]);
        CHECK(whole.nearly_same(word) == same[word]);
        CHECK(runs.same(word) == same[word]);
        CHECK(runs.nearly_same(word) == nearly[word]);
      }
      runs.leave_out_shorter(3);
      for (std::uint32_t gap = 0; gap < size; ++gap)
        CHECK(std::ranges::count_if(with_gap[gap], [](std::uint32_t words) { return words >= 3; }) ==
              std::ssize(runs.with_gap(gap)));
    }
    CHECK(bytes == 0);
  }
}
