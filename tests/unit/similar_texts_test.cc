// Similar texts, compared by bits and found by rare words, against the plain table of lengths.
#include "corpus/similar_texts.h"

#include "testing.h"

using namespace kalima;
using corpus::Values;
using testing::Random;

namespace {

using Text = std::vector<std::uint32_t>;

constexpr auto never = [] { return false; };

Text random_text(Random& random, std::size_t words, std::size_t values) {
  Text out(words);
  for (std::uint32_t& value : out) value = static_cast<std::uint32_t>(random.below(values));
  return out;
}

std::size_t plain_common(Values a, Values b) {
  std::vector<std::uint32_t> row;
  return corpus::length_of_common(a, b, row, never);
}

}  // namespace

TEST_CASE("what texts have in common is as long by bits") {
  Random random(3);
  corpus::ComparedText compared(100);
  for (const std::size_t words : {1U, 2U, 63U, 64U, 65U, 127U, 128U, 129U, 200U, 300U, 9000U}) {
    // Values that others cannot have are those from 100 on.
    const Text text = random_text(random, words, words % 2 == 0 ? 40 : 140);
    compared.set(text);
    for (int i = 0; i < (words > 1000 ? 2 : 20); ++i) {
      const Text other = random_text(random, random.between(1, 150), random.one_in(2) ? 5 : 100);
      const std::size_t common = plain_common(text, other);
      CHECK(compared.common(other, 0, never) == common);
      CHECK(compared.common(other, common, never) == common);
      CHECK(compared.common(other, common + 1, never) <= common);
    }
  }
  compared.set({});
  CHECK(compared.common(Text{1, 2}, 0, never) == 0);
}

TEST_CASE("a similar text is found if there is one") {
  Random random(4);
  for (int round = 0; round < 200; ++round) {
    const std::size_t values = random.pick(std::vector<std::size_t>{3, 10, 60}),
                      longest = random.pick(std::vector<std::size_t>{4, 12, 90});
    std::vector<Text> texts;
    for (std::size_t i = random.between(0, 30); i > 0; --i)
      texts.push_back(random_text(random, random.between(0, longest), values));
    const auto percent = static_cast<std::uint32_t>(random.between(1, 100));
    corpus::SimilarTexts similar({texts.begin(), texts.end()}, percent, never);
    for (int i = 0; i < 10; ++i) {
      const Text text = !texts.empty() && random.one_in(2)
                            ? random.pick(texts)
                            : random_text(random, random.between(0, longest), values + 5);
      const std::size_t left_out = random.below(3);
      const auto may_be = [&](std::size_t place) { return place % 3 != left_out; };
      const auto is_similar = [&](std::size_t place) {
        const std::size_t common = plain_common(text, texts[place]);
        return may_be(place) && common > 0 && 200 * common >= percent * (text.size() + texts[place].size());
      };
      bool any = false;
      for (std::size_t place = 0; place < texts.size(); ++place) any = any || is_similar(place);
      const auto found = similar.find(text, may_be, never);
      CHECK(found.has_value() == any);
      if (found) CHECK(is_similar(*found));
    }
  }
}
