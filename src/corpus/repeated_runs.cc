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
  may_go_on_(bytes_of(values_.size()));
  for (std::uint32_t word = 0; word < values_.size(); ++word) {
    if (values_[word] != 0) words_.push_back(word);
  }
  // The same step as for pairs, with the values themselves.
  count([this](std::size_t word) { return std::pair(values_[word], 0U); });
}

RepeatedRuns::~RepeatedRuns() { may_go_on_(-bytes_of((at_.size() + 1) * values_.size())); }

bool RepeatedRuns::grow() {
  const std::vector<std::uint32_t>& shorter = at_.back();
  std::erase_if(words_, [&](std::size_t word) {
    return word + 1 == shorter.size() || shorter[word + 1] == no_run || groups_[word] != groups_[word + 1];
  });
  const bool done = count([&](std::size_t word) { return std::pair(shorter[word], shorter[word + 1]); });
  if (!keep_ && at_.size() > 1) {
    at_.erase(at_.begin());
    may_go_on_(-bytes_of(values_.size()));
  }
  return done;
}

// Numbers the pairs that `parts_of` gives for words_; false if it was told to end.
template <typename PartsOf>
bool RepeatedRuns::count(PartsOf parts_of) {
  ++length_;
  bool go_on = may_go_on_(bytes_of(values_.size()));
  std::vector<std::uint32_t> at(values_.size(), no_run), times;
  std::ptrdiff_t scratch = 0;
  if (go_on) {
    PairNumbers numbers;
    for (std::size_t i = 0; i < words_.size() && go_on; ++i) {
      if (i % words_between_questions == 0) {
        const std::ptrdiff_t now = static_cast<std::ptrdiff_t>(numbers.bytes()) + bytes_of(times.size());
        go_on = may_go_on_(now - scratch);
        scratch = now;
      }
      const std::pair<std::uint32_t, std::uint32_t> parts = parts_of(words_[i]);
      const auto [number, is_new] = numbers.of(parts.first, parts.second);
      if (is_new) times.push_back(0);
      ++times[number];
      at[words_[i]] = number;
    }
  }
  leave_out_single(at, times);
  at_.push_back(std::move(at));
  may_go_on_(-scratch);
  return go_on;
}

void RepeatedRuns::leave_out_single(std::vector<std::uint32_t>& at, const std::vector<std::uint32_t>& times) {
  std::vector<std::uint32_t> moved(times.size(), no_run);
  std::uint32_t& kinds = kinds_.emplace_back(0);
  for (std::size_t run = 0; run < times.size(); ++run) {
    if (times[run] > 1) moved[run] = kinds++;
  }
  std::erase_if(words_, [&](std::size_t word) {
    if (at[word] != no_run) at[word] = moved[at[word]];
    return at[word] == no_run;
  });
}

std::vector<std::uint32_t> longest_repeated(std::span<const std::uint32_t> values,
                                            std::span<const std::uint32_t> groups) {
  std::vector<std::uint32_t> out(values.size(), 0);
  for (RepeatedRuns runs(values, groups, false, [](std::ptrdiff_t) { return true; }); runs.kinds() > 0;
       runs.grow()) {
    // Each word once for each length, however many runs hold it.
    std::uint32_t end = 0;
    for (const std::uint32_t word : runs.words()) {
      const std::uint32_t begin = std::max(word, end);
      end = word + runs.length();
      std::fill_n(out.begin() + begin, end - begin, runs.length());
    }
  }
  return out;
}

}  // namespace kalima::corpus
