#include "api/legacy/search/word_pattern.h"

#include "naive_pattern.h"
#include "testing.h"

using namespace kalima;
using api::legacy::WordPattern;
using testing::Random;
using Letters = std::vector<WordPattern::Letter>;

namespace {

// Signs, tatweel, a small high sign that is in no class, two kinds of white space, letters.
const std::vector<char32_t> alphabet = {U'ن',      U'ت',      U'ا',      U'\u0640', U'\u064E', U'\u0651',
                                        U'\u0670', U'\u0653', U'\u06DF', U' ',      U'\u00A0'};

std::u32string random_word(Random& random, std::size_t longest) {
  std::u32string out;
  for (std::size_t left = random.between(0, longest); left > 0; --left) out += random.pick(alphabet);
  return out;
}

Letters random_letters(Random& random) {
  Letters letters(random.between(1, 4));
  for (auto& l : letters) {
    if (!random.one_in(3))
      l.letter = random.one_in(8) ? random_word(random, 3) : std::u32string(1, alphabet[random.below(4)]);
    if (random.one_in(2)) l.signs = std::u32string(1, alphabet[4 + random.below(4)]);
    if (random.one_in(12)) l.signs = random_word(random, 2);
  }
  return letters;
}

std::size_t count(Letters letters, std::u32string_view text, bool prefix = false, bool suffix = false) {
  return WordPattern(std::move(letters), prefix, suffix).count(text);
}

}  // namespace

TEST_CASE("letters are found with any signs, at the ends of words unless told") {
  const Letters n = {{U"ن", U""}};
  CHECK(count(n, U"ن") == 1);
  CHECK(count(n, U"نَّـ") == 1);
  CHECK(count(n, U"نن") == 0);
  CHECK(count(n, U"نن", true) == 1);
  CHECK(count(n, U"نن", false, true) == 1);
  CHECK(count(n, U"نن", true, true) == 2);
  CHECK(count(n, U"ن ن\u00A0ن") == 3);
  CHECK(count(n, U"") == 0);
  // U+06DF is in no class and blocks the end of the word.
  CHECK(count(n, U"ن۟") == 0);
  CHECK(count(n, U"ن۟", false, true) == 1);
}

TEST_CASE("signs must follow their letter directly, in the stored order") {
  const Letters fatha = {{U"ن", U"َ"}}, shadda_then_fatha = {{U"ن", U"\u0651\u064E"}};
  CHECK(count(fatha, U"نَ") == 1);
  CHECK(count(fatha, U"ن") == 0);
  CHECK(count(fatha, U"ن\u0651\u064E") == 0);
  CHECK(count(fatha, U"ن\u064E\u0651") == 1);
  CHECK(count(fatha, U"ن\u0640\u064E") == 0);
  CHECK(count(shadda_then_fatha, U"ن\u0651\u064E") == 1);
  CHECK(count(shadda_then_fatha, U"ن\u064E\u0651") == 0);
}

TEST_CASE("any letter is one of the old class, which holds the tatweel") {
  const Letters any = {{U"", U""}};
  CHECK(count(any, U"ء") == 1);
  CHECK(count(any, U"ي") == 1);
  CHECK(count(any, U"\u0640") == 1);
  CHECK(count(any, U"\u0671") == 1);
  CHECK(count(any, U"\u0673") == 1);
  CHECK(count(any, U"\u0674") == 0);
  CHECK(count(any, U"\u0675") == 1);
  CHECK(count(any, U"\u0620") == 0);
  CHECK(count(any, U"\u064B") == 0);
  CHECK(count(any, U"a") == 0);
}

TEST_CASE("what was taken greedily is given back where the rest needs it") {
  // The tatweel belongs to the first letter's tail or is the second letter.
  CHECK(count({{U"ن", U""}, {U"", U""}}, U"ن\u0640") == 1);
  CHECK(count({{U"ن", U""}, {U"\u0640", U""}}, U"ن\u0640") == 1);
  CHECK(count({{U"ن", U""}, {U"\u0640", U""}, {U"\u0640", U""}}, U"ن\u0640\u0640") == 1);
  CHECK(count({{U"ن", U""}, {U"\u064E", U""}}, U"ن\u064E") == 1);
  // Greedy: the first match takes all, so there is one and not two.
  CHECK(count({{U"\u0640", U""}}, U"\u0640\u0640", true, true) == 1);
}

TEST_CASE("a pattern matches where the plain regular expression matches") {
  Random random(51);
  std::size_t found = 0, spanning = 0;
  for (int round = 0; round < 4'000; ++round) {
    const Letters letters = random_letters(random);
    const bool prefix = random.one_in(2), suffix = random.one_in(2);
    const testing::NaivePattern naive(letters, prefix, suffix);
    WordPattern pattern(letters, prefix, suffix);
    spanning += pattern.spans_words() ? 1 : 0;
    // One object for many texts: nothing of an earlier text may show. Lengths vary so that its memory grows.
    for (int text_round = 0; text_round < 8; ++text_round) {
      const std::u32string text = random_word(random, text_round % 2 == 0 ? 6 : 14);
      const std::size_t expected = naive.count(text);
      const std::size_t counted = pattern.count(text);
      if (counted != expected)
        FAIL_CHECK("round " << round << "." << text_round << ": " << counted << ", not " << expected);
      if (expected == 0) continue;
      ++found;
      CHECK(text.size() >= pattern.min_length());
      std::uint64_t present = 0;
      for (const char32_t c : text) present |= std::uint64_t{1} << (c % 64);
      CHECK((present & pattern.required()) == pattern.required());
      if (pattern.spans_words()) continue;
      // Then a text's matches are those of its words.
      std::size_t by_word = 0;
      for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin;
        while (end < text.size() && !text::is_space(text[end])) ++end;
        by_word += pattern.count(std::u32string_view(text).substr(begin, end - begin));
        begin = end + 1;
      }
      CHECK(by_word == expected);
    }
  }
  CHECK(found > 1'000);
  CHECK(spanning > 50);
}

TEST_CASE("words that take many steps are still counted right") {
  Random random(52);
  // Runs of tatweel, which both the classes and the letters take: hundreds of steps a word.
  for (int round = 0; round < 60; ++round) {
    Letters letters(random.between(2, 4));
    for (auto& l : letters) {
      if (random.one_in(2)) l.letter = random.one_in(3) ? U"ن" : U"\u0640";
    }
    const bool suffix = random.one_in(2);
    const testing::NaivePattern naive(letters, false, suffix);
    WordPattern pattern(letters, false, suffix);
    for (int text_round = 0; text_round < 5; ++text_round) {
      std::u32string text = random.one_in(2) ? U"ن" : U"\u0640";
      text.append(random.between(0, 25), U'\u0640');
      if (random.one_in(2)) text += random.one_in(2) ? U"ن" : U"۟";
      text.append(random.between(0, 3), U'\u0640');
      CHECK(pattern.count(text) == naive.count(text));
    }
  }
}

TEST_CASE("a hostile pattern comes to its end") {
  // Backtracking without memory would take more than 10^50 steps.
  WordPattern pattern(Letters(100, {U"", U""}), false, false);
  std::u32string text(400, U'\u0640');
  CHECK(pattern.count(text) == 1);
  text += U'۟';
  CHECK(pattern.count(text) == 0);
  WordPattern inside(Letters(50, {U"\u0640", U""}), true, false);
  CHECK(inside.count(text) == 0);
}
