// How similar two texts are: 2 L / (m + n), where L is the length of their longest common subsequence of values, m and n are
// their words (Dice's coefficient of sequences). 1 is the same sequence, 0 nothing in common.
//
// Threads: pure functions; one object is used by one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace kalima::corpus {

// The values of words in a row.
using Values = std::span<const std::uint32_t>;

// What is compared of each word: its value; of a missing one its letters, numbered after the values.
std::vector<std::uint32_t> compared_values(Values values, Values letters);

// The length of the longest common subsequence; `row` is scratch. 0 if `stop`, asked for each value of `a`, ends it.
std::uint32_t length_of_common(Values a, Values b, std::vector<std::uint32_t>& row,
                               const std::function<bool()>& stop);

// How many words texts of `m` and `n` words must have in common to be similar by `percent`.
constexpr std::size_t min_common(std::size_t m, std::size_t n, std::uint32_t percent) {
  return (percent * (m + n) + 199) / 200;
}

// One text that many are compared with, by bits: of each value one for each word of the text (Hyyrö 2004). A text of very many
// words is compared without them.
class ComparedText {
 public:
  // The values of what it is compared with are below this.
  explicit ComparedText(std::size_t values = 0) : row_of_(values, 0) {}

  // The text must be there as long as it is compared.
  void set(Values text);
  // As length_of_common(), or 0 if that is below `min_length`. `stop` is asked within long comparisons only.
  std::size_t common(Values other, std::size_t min_length, const std::function<bool()>& stop);

 private:
  static constexpr std::size_t max_marked = 8192;

  std::size_t length_so_far() const;
  // Of the first of rows_.
  template <std::size_t blocks>
  std::size_t common_in(std::size_t rows, std::size_t min_length) const;
  std::size_t common_in_many(std::size_t rows, std::size_t min_length, const std::function<bool()>& stop);

  Values text_;
  std::vector<std::uint32_t> values_;  // those that the text has, each once
  // Of each value in bits_; the first row is that of values that the text has not.
  std::vector<std::uint32_t> row_of_;
  std::size_t blocks_ = 0;  // in a row
  std::vector<std::uint64_t> bits_;
  // Scratch. A 0 for each word of the text where what is common so far becomes longer.
  std::vector<std::uint64_t> so_far_;
  std::vector<std::size_t> rows_;
  std::vector<std::uint32_t> lengths_;
};

// Texts by the words that they share in any order: a common subsequence has at most as many.
class SimilarTexts {
 public:
  // What each text and each of its words take, about.
  static constexpr std::size_t bytes_for_text = 40, bytes_for_word = 24;
  // More than the Quran has verses.
  static constexpr std::size_t max_holders = 10'000;

  // The texts must outlive it. Those after `stop`, asked before each, are never found. `percent`: less similar ones are not
  // asked for, so that frequent words need not lead to texts.
  SimilarTexts(std::vector<Values> texts, std::uint32_t percent, const std::function<bool()>& stop);

  std::size_t size() const { return texts_.size(); }
  // The place of one that is similar to a text by `percent`, from 1 to 100. `may_be` leaves out some by their place; `stop` is
  // asked before each comparison, and within long ones.
  std::optional<std::size_t> find(Values text, const std::function<bool(std::size_t)>& may_be,
                                  const std::function<bool()>& stop);
  // How similar the text at a place is to the most similar other one: percent, rounded down; `percent` must be 0. What shares
  // only words that more than `max_holders` texts have is not looked at, so that the work does not grow with the square of
  // the texts.
  std::uint32_t best_of_others(std::size_t place, const std::function<bool()>& stop);

 private:
  struct Counted {
    std::uint32_t rank, times;
  };
  // A text that has a value: its words, how often it has the value, and how many of its words are rarer.
  struct Holder {
    std::uint32_t text, words, times, rarer;
  };

  void rank_values(const std::function<bool()>& stop);
  // What any of the texts has too, the rarest first. Valid until the next call.
  std::span<const Counted> counted(Values text);
  bool may_be_similar(std::size_t words, std::size_t rarer) const;
  std::span<const Holder> holders(std::uint32_t rank) const {
    return std::span(holders_).subspan(begin_[rank], kept_[rank]);
  }

  std::vector<Values> texts_;
  std::uint32_t percent_;
  std::vector<std::uint32_t> rank_of_;  // of each value, the rarest first: those that the fewest texts have
  // Of each rank where its holders begin (as many as texts have the value), and how many of them lead to a comparison.
  std::vector<std::uint32_t> begin_, kept_;
  std::vector<Holder> holders_;
  ComparedText compared_;
  std::vector<std::uint32_t> seen_;  // of each text the last search that came to it
  std::uint32_t searches_ = 0;
  std::vector<std::uint32_t> ranks_, shared_, touched_;  // scratch
  std::vector<Counted> counted_;
};

}  // namespace kalima::corpus
