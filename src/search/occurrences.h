// Where something was found, counted and listed: the last stages of every search in the texts.
//
// Units as in text_search.h. Threads: pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "search/phrase_search.h"
#include "search/text_search.h"

namespace kalima::search {

struct Occurrence {
  std::uint32_t verse, piece;  // of the first word
  std::uint16_t phrase;
  text::Step step;
  bool particle_before, particle_between;
};

// In the order of the texts.
void sort_occurrences(std::vector<Occurrence>& list);

// Counts by step those that `wanted` accepts. The list is sorted, as for the other functions.
template <typename Wanted>
StepCounts step_counts(std::span<const Occurrence> list, Wanted wanted) {
  StepCounts out;
  std::array<std::optional<std::uint32_t>, all_steps> last;
  for (const Occurrence& o : list) {
    if (!wanted(o)) continue;
    const auto step = static_cast<std::size_t>(o.step);
    ++out[step].hits;
    if (last[step] != o.verse) ++out[step].verses;
    last[step] = o.verse;
  }
  return out;
}

// The counts of `out`; what is further of a step that has hits is left out.
void count_occurrences(std::span<const Occurrence> list, TextFound& out);

// How many words were sought, and how the text is read from the place on; nullptr ends it without words.
using SoughtOf = std::function<std::size_t(const Occurrence&)>;
using PathOf = std::function<const Path*(const Occurrence&)>;
// The results of `out`: those that the options ask for, in their order.
void list_occurrences(const WordFile& file, std::span<const Occurrence> list, const TextOptions& options,
                      const SoughtOf& sought, const PathOf& path, TextFound& out);

}  // namespace kalima::search
