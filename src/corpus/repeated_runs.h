// Runs of words that occur again: words in a row whose values are those of words elsewhere, counted from the short ones
// to the long ones. A run of n words is two of n - 1 words that begin at words next to each other, and does not occur
// more often than these: where one of them occurs once, the run is not looked at, so that the work is in proportion to what
// is repeated.
//
// Threads: one object is used by one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace kalima::corpus {

// Where none that occurs again begins.
inline constexpr std::uint32_t no_run = 0xFFFFFFFF;

// Asked before so many bytes are kept, and now and then with 0; false ends the work. What was released is negative.
using MayGoOn = std::function<bool(std::ptrdiff_t bytes)>;

class RepeatedRuns {
 public:
  // `values`: of each word; 0 for one that is in no run. `groups`: of each word the part of the text that holds it, which
  // no run leaves. Both must outlive it. `keep`: the shorter runs are kept too.
  RepeatedRuns(std::span<const std::uint32_t> values, std::span<const std::uint32_t> groups, bool keep,
               MayGoOn may_go_on);
  ~RepeatedRuns();
  RepeatedRuns(const RepeatedRuns&) = delete;
  RepeatedRuns& operator=(const RepeatedRuns&) = delete;

  // From 1.
  std::uint32_t length() const { return length_; }
  // Goes on to the runs that are one word longer; false if it was told to end.
  bool grow();
  // How many different ones there are of this length, or of another one up to it.
  std::uint32_t kinds() const { return kinds_.back(); }
  std::uint32_t kinds(std::uint32_t length) const { return kinds_[length - 1]; }
  // Where those begin that occur again: ascending.
  const std::vector<std::uint32_t>& words() const { return words_; }
  // Of each word the number of the run that begins there, below kinds(), or no_run.
  const std::vector<std::uint32_t>& at() const { return at_.back(); }
  // The same of runs of another length up to this one, which must have been kept.
  const std::vector<std::uint32_t>& at(std::uint32_t length) const {
    return at_[at_.size() - 1 - (length_ - length)];
  }

 private:
  template <typename PartsOf>
  bool count(PartsOf parts_of);
  void leave_out_single(std::vector<std::uint32_t>& at, const std::vector<std::uint32_t>& times);

  std::span<const std::uint32_t> values_, groups_;
  bool keep_;
  MayGoOn may_go_on_;
  std::uint32_t length_ = 0;
  std::vector<std::uint32_t> kinds_, words_;
  std::vector<std::vector<std::uint32_t>> at_;
};

// Of each word how many words the longest run has that holds it and occurs again; 0 for none.
std::vector<std::uint32_t> longest_repeated(std::span<const std::uint32_t> values,
                                            std::span<const std::uint32_t> groups);

}  // namespace kalima::corpus
