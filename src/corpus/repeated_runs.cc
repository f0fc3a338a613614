#include "corpus/repeated_runs.h"

#include <algorithm>
#include <utility>

#include "support/pair_numbers.h"

namespace kalima::corpus {
namespace {

constexpr std::size_t words_between_questions = 4096;

std::ptrdiff_t bytes_of(std::size_t words) {
  return static_cast<std::ptrdiff_t>(words * sizeof(std::uint32_t));
}

}  // namespace

RepeatedRuns::RepeatedRuns(std::span<const std::uint32_t> values, std::span<const std::uint32_t> groups,
                           bool keep, MayGoOn may_go_on)
    : values_(values), groups_(groups), keep_(keep), may_go_on_(std::move(may_go_on)) {
  // The same step as for pairs, with the values themselves.
  count([&](std::size_t word) {
    return values_[word] == 0 ? std::pair(no_run, 0U) : std::pair(values_[word], 0U);
  });
}

RepeatedRuns::~RepeatedRuns() { may_go_on_(-bytes_of(at_.size() * values_.size())); }

bool RepeatedRuns::grow() {
  const std::vector<std::uint32_t>& shorter = at_.back();
  const bool done = count([&](std::size_t word) {
    const bool whole = word + 1 < shorter.size() && shorter[word] != no_run && shorter[word + 1] != no_run &&
                       groups_[word] == groups_[word + 1];
    return whole ? std::pair(shorter[word], shorter[word + 1]) : std::pair(no_run, 0U);
  });
  if (!keep_ && at_.size() > 1) {
    at_.erase(at_.begin());
    may_go_on_(-bytes_of(values_.size()));
  }
  return done;
}

// Numbers the pairs that `parts_of` gives, no_run for none; false if it was told to end.
template <typename PartsOf>
bool RepeatedRuns::count(PartsOf parts_of) {
  ++length_;
  kinds_ = 0;
  std::size_t pairs = values_.size();
  if (!at_.empty()) pairs -= static_cast<std::size_t>(std::ranges::count(at_.back(), no_run));
  const auto scratch = static_cast<std::ptrdiff_t>(PairNumbers::bytes(pairs)) + bytes_of(pairs);
  bool go_on = may_go_on_(scratch + bytes_of(values_.size()));
  std::vector<std::uint32_t> at(values_.size(), no_run), times;
  if (go_on) {
    PairNumbers numbers(pairs);
    for (std::size_t word = 0; word < at.size() && go_on; ++word) {
      if (word % words_between_questions == 0) go_on = may_go_on_(0);
      const std::pair<std::uint32_t, std::uint32_t> parts = parts_of(word);
      if (parts.first == no_run) continue;
      const auto [number, is_new] = numbers.of(parts.first, parts.second);
      if (is_new) times.push_back(0);
      ++times[number];
      at[word] = number;
    }
  }
  leave_out_single(at, times);
  at_.push_back(std::move(at));
  may_go_on_(-scratch);
  return go_on;
}

void RepeatedRuns::leave_out_single(std::vector<std::uint32_t>& at, const std::vector<std::uint32_t>& times) {
  std::vector<std::uint32_t> moved(times.size(), no_run);
  for (std::size_t run = 0; run < times.size(); ++run) {
    if (times[run] > 1) moved[run] = kinds_++;
  }
  for (std::uint32_t& run : at) {
    if (run != no_run) run = moved[run];
  }
}

std::vector<std::uint32_t> longest_repeated(std::span<const std::uint32_t> values,
                                            std::span<const std::uint32_t> groups) {
  std::vector<std::uint32_t> out(values.size(), 0);
  for (RepeatedRuns runs(values, groups, false, [](std::ptrdiff_t) { return true; }); runs.kinds() > 0;
       runs.grow()) {
    std::size_t end = 0;  // of those that hold the word
    for (std::size_t word = 0; word < values.size(); ++word) {
      if (runs.at()[word] != no_run) end = word + runs.length();
      if (word < end) out[word] = runs.length();
    }
  }
  return out;
}

}  // namespace kalima::corpus
