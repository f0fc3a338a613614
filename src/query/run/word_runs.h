// Spans as runs of whole words: what repeat() and similar() compare.
//
// Threads: as Evaluation.
#pragma once

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

}  // namespace kalima::query
