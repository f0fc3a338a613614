#include "query/run/word_runs.h"

#include <algorithm>

namespace kalima::query {

std::optional<WordRun> word_run(const Axis& axis, std::uint32_t begin, std::uint32_t length) {
  if (length == 0) return std::nullopt;
  const std::uint32_t word = axis.word_at(begin), end = axis.word_at(begin + length - 1) + 1;
  if (axis.of_word(word) != begin || axis.of_word(end) != begin + length) return std::nullopt;
  return WordRun{word, end - word};
}

WordRuns word_runs(const Axis& axis, const Spans& spans, std::uint32_t low, std::uint32_t high,
                   Guard& guard) {
  WordRuns out;
  for (const Group& group : spans.groups) {
    if (guard.stop_now()) break;
    group.starts.each([&](std::uint32_t begin) {
      if (guard.stop()) return;
      const auto run = word_run(axis, begin, group.length);
      if (run && run->words >= low && run->words <= high && guard.take(sizeof(run->word)))
        out[run->words].push_back(run->word);
    });
  }
  for (auto& [words, begins] : out) {
    if (guard.stop_now()) break;
    // Those of one group are in order.
    if (!std::ranges::is_sorted(begins)) std::ranges::sort(begins);
    begins.erase(std::unique(begins.begin(), begins.end()), begins.end());
  }
  return out;
}

}  // namespace kalima::query
