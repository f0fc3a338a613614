// Spans as runs of whole words: what repeat() and similar() compare.
//
// Threads: as Evaluation.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <vector>

#include "query/run/evaluation.h"

namespace kalima::query {

struct WordRun {
  std::uint32_t word, words;
};
// nullopt for a span that holds only a part of its first or last word.
std::optional<WordRun> word_run(const Axis& axis, std::uint32_t begin, std::uint32_t length);

// For each number of words from `low` to `high` the words where such a run begins: ascending, each once. Fewer when the guard
// stops.
using WordRuns = std::map<std::uint32_t, std::vector<std::uint32_t>>;
WordRuns word_runs(const Axis& axis, const Spans& spans, std::uint32_t low, std::uint32_t high, Guard& guard);

// Visits the spans that are runs of so many words and begin at one of some words: visit(group, run). These are joined with
// the spans as sets, by the places that the run takes which begins there, so that millions of spans cost no more than those few.
template <typename Visit>
void each_run(const Axis& axis, const Spans& spans, std::uint32_t words,
              const std::vector<std::uint32_t>& begins, Visit visit) {
  if (begins.empty()) return;
  std::vector<std::vector<std::uint32_t>> lists(words * (axis.max_width() - 1) + std::size_t{1});
  for (const std::uint32_t word : begins) {
    if (word + std::size_t{words} > axis.corpus().words()) continue;
    const std::uint32_t begin = axis.of_word(word);
    lists[axis.of_word(word + words) - begin - words].push_back(begin);
  }
  const std::vector<Starts> of_length(std::move_iterator(lists.begin()), std::move_iterator(lists.end()));
  auto group = std::ranges::lower_bound(spans.groups, words, {}, &Group::length);
  for (; group != spans.groups.end() && group->length - words < of_length.size(); ++group) {
    group->starts.at(of_length[group->length - words], 0).each([&](std::uint32_t begin) {
      visit(*group, WordRun{axis.word_at(begin), words});
    });
  }
}

}  // namespace kalima::query
