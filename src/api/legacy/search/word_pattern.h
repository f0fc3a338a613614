// Words by letters and vowel signs: the search pattern_word of the old API. It is a regular expression of a
// fixed shape; for each letter
//
//   the letter (or any of U+0621-064A, U+0671-0673, U+0675), the signs that must follow it directly,
//   any of U+064B-0655 and U+0670, any number of times, then U+0640 any number of times,
//
// greedy and backtracking, at the start of a word unless prefixes are allowed, at its end unless suffixes
// are. It is matched by hand because it runs over the whole vocabulary. Ordinary words take few steps. After
// a number of steps, failed positions are recorded, so that no pattern takes many more than letters x
// positions steps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::api::legacy {

class WordPattern {
 public:
  struct Letter {
    std::u32string letter;  // empty: any letter
    std::u32string signs;   // that must follow the letter directly
  };

  WordPattern(std::vector<Letter> letters, bool allow_prefix, bool allow_suffix);

  // The number of non-overlapping matches in a text. `text` is in code points. Threads: one at a time.
  std::size_t count(std::u32string_view text);

  // The smallest number of code points of a match.
  std::size_t min_length() const { return min_length_; }
  // A match has all these code points, as bits `c % 64`.
  std::uint64_t required() const { return required_; }
  // Whether a match may contain white space, so that words cannot be tested one by one.
  bool spans_words() const { return spans_words_; }

 private:
  static constexpr std::size_t no_match = static_cast<std::size_t>(-1);
  std::size_t match(std::size_t letter, std::size_t at);
  bool known_to_fail(std::size_t letter, std::size_t at);
  void remember_failure(std::size_t letter, std::size_t at);

  // Whether a letter must also be tried with fewer signs or tatweels, because the next letter could be one of
  // them.
  struct Backtracking {
    bool signs = false, tatweels = false;
  };

  std::vector<Letter> letters_;
  std::vector<Backtracking> backtracking_;
  bool allow_prefix_, allow_suffix_;
  std::size_t min_length_ = 0;
  std::uint64_t required_ = 0;
  bool spans_words_ = false;

  std::u32string_view text_;
  std::size_t steps_ = 0;
  // Used once steps_ exceeds its limit. failed_[letter * (text size + 1) + position] == round_: no match goes
  // on from there in this text.
  std::vector<std::uint32_t> failed_;
  std::uint32_t round_ = 0;
};

}  // namespace kalima::api::legacy
