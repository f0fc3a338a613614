// Spans as runs of whole words: what repeat() and similar() compare.
//
// Threads: as Evaluation.
#pragma once

#include <algorithm>
#include <cstdint>
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

// Visits the spans that are runs of so many words and begin at one of some places: visit(group, run). Sets are joined before
// spans are looked at one by one, so that millions of spans cost no more than those few places.
template <typename Visit>
void each_run(const Axis& axis, const Spans& spans, std::uint32_t words, const Starts& places, Visit visit) {
  auto group = std::ranges::lower_bound(spans.groups, words, {}, &Group::length);
  for (; group != spans.groups.end() && group->length <= words * axis.max_width(); ++group) {
    group->starts.at(places, 0).each([&](std::uint32_t begin) {
      const auto run = word_run(axis, begin, group->length);
      if (run && run->words == words) visit(*group, *run);
    });
  }
}

}  // namespace kalima::query
