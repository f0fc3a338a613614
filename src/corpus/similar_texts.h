// How similar two texts are: 2 L / (m + n), where L is the length of their longest common subsequence of values, m and n are
// their words (Dice's coefficient of sequences). 1 is the same sequence, 0 nothing in common.
//
// Threads: pure functions; one SimilarTexts is used by one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
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

// Whether texts of `m` and `n` words with a common subsequence of `common` words are at least so similar.
constexpr bool are_similar(std::size_t common, std::size_t m, std::size_t n, std::uint32_t percent) {
  return common > 0 && 200 * common >= percent * (m + n);
}

// Texts by the words that they share in any order: a common subsequence has at most as many.
class SimilarTexts {
 public:
  // What each text and each of its words take, about.
  static constexpr std::size_t bytes_for_text = 40, bytes_for_word = 20;
  // More than the Quran has verses.
  static constexpr std::size_t max_holders = 10'000;

  // The texts must outlive it. Those after `stop`, asked before each, are never found. `percent`: less similar ones are not
  // asked for, so that frequent words need not lead to texts.
  SimilarTexts(std::vector<Values> texts, std::uint32_t percent, const std::function<bool()>& stop);

  std::size_t size() const { return texts_.size(); }
  // Visits the places of those that are similar to a text by `percent`, from 1 to 100. `may_be` leaves out some by their place;
  // `stop` is asked before each comparison, and within long ones.
  void each(Values text, const std::function<bool(std::size_t)>& may_be,
            const std::function<void(std::size_t)>& visit, const std::function<bool()>& stop);
  // How similar the text at a place is to the most similar other one: percent, rounded down; `percent` must be 0. What shares
  // only words that more than `max_holders` texts have is not looked at, so that the work does not grow with the square of
  // the texts.
  std::uint32_t best_of_others(std::size_t place, const std::function<bool()>& stop);

 private:
  struct Counted {
    std::uint32_t value, times;
  };
  // For each value the texts of which it leads to a comparison, and how often they have it.
  struct Holder {
    std::uint32_t text, times;
  };
  static constexpr std::size_t max_marked = 64;

  static std::vector<Counted> counted(Values text);
  std::vector<Counted> rare(Values text) const;
  void mark(Values text, bool set);
  std::uint32_t common(Values text, Values other, const std::function<bool()>& stop);
  std::size_t held_by(std::uint32_t value) const { return value < held_by_.size() ? held_by_[value] : 0; }

  std::vector<Values> texts_;
  std::uint32_t percent_;
  std::vector<std::uint32_t> held_by_;  // of each value how many texts have it
  std::vector<std::vector<Holder>> holders_;
  std::vector<std::uint64_t> places_;  // of each value in the text that is compared, a bit for each word
  std::vector<std::uint32_t> shared_, touched_, row_;  // scratch
};

}  // namespace kalima::corpus
