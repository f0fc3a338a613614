// Of each word how long a run of words may be that begins there and occurs again, whole or but for one word.
//
// All ends of the text are put in the order of their values, so that those which begin alike lie together. Two runs that are
// the same up to a gap, and differ there, go on alike for some words: of each word and each gap one number says all that is
// asked, as a shorter run with this gap occurs again too. Of those that are the same up to a gap, what comes after it is most
// alike for neighbours in that order.
//
// The work is in proportion to what is repeated. Threads: constant once made.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "corpus/repeated_runs.h"

namespace kalima::corpus {

class LongestRuns {
 public:
  // `values`: of each word, below 2³¹; 0 for one that is like no other. `groups`: of each word the part of the text that holds
  // it, which no run leaves. Runs of more than `max_words` are not looked at, nor, without `differing`, those but for one word.
  // If it is told to end, runs may be taken for shorter ones.
  LongestRuns(std::span<const std::uint32_t> values, std::span<const std::uint32_t> groups,
              std::uint32_t max_words, bool differing, MayGoOn may_go_on);
  ~LongestRuns();
  LongestRuns(const LongestRuns&) = delete;
  LongestRuns& operator=(const LongestRuns&) = delete;

  std::uint32_t max_words() const { return max_words_; }
  // The words of the longest run that begins at a word and occurs again; 0 for none.
  std::uint32_t same(std::uint32_t word) const { return same_[word]; }
  // The same, and one word may be another.
  std::uint32_t nearly_same(std::uint32_t word) const {
    return differing_ ? std::max(same_[word], but_one_[word]) : same_[word];
  }
  // Where a run begins that occurs again with another word after `gap` words, and how many words the longest such run has:
  // ascending.
  struct WithGap {
    std::uint32_t word, words;
  };
  const std::vector<WithGap>& with_gap(std::uint32_t gap) const {
    static const std::vector<WithGap> empty;
    return gap < with_gap_.size() ? with_gap_[gap] : empty;
  }
  // Leaves out those of fewer words, which are not asked for any more.
  void leave_out_shorter(std::uint32_t words);

 private:
  // Of order_ those that have so many values in common, by how many they are.
  using Ranges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

  void read(std::span<const std::uint32_t> values, std::span<const std::uint32_t> groups);
  void put_in_order();
  void divide(std::uint32_t begin, std::uint32_t end, std::uint32_t depth);
  void look_at_gaps();
  void compare_after(std::uint32_t gap, std::span<const std::uint32_t> places);
  void keep_gap(std::uint32_t gap);
  std::uint32_t alike(std::uint32_t a, std::uint32_t b, std::uint32_t max_words) const;
  bool go_on(std::size_t steps);
  bool take(std::size_t words);

  std::uint32_t max_words_;
  bool differing_, ended_ = false;
  MayGoOn may_go_on_;
  std::ptrdiff_t taken_ = 0;
  std::size_t steps_ = 0;
  // Values, with an end after each group: what equals nothing has a value of its own.
  std::vector<std::uint32_t> text_, word_at_;
  std::vector<std::uint32_t> order_, rank_;
  std::vector<Ranges> alike_;  // by how many values they have in common, from 1
  struct Range {
    std::uint32_t begin, end, depth;
  };
  std::vector<Range> open_;
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> after_, touched_, places_;
  std::vector<std::int64_t> best_;

  std::vector<std::uint32_t> same_, but_one_;  // of each word
  std::vector<std::vector<WithGap>> with_gap_;
};

}  // namespace kalima::corpus
