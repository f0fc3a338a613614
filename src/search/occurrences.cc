#include "search/occurrences.h"

#include <algorithm>
#include <tuple>

namespace kalima::search {
namespace {

// A verse among the results, as it is ordered.
struct RankedVerse {
  std::uint32_t verse;
  std::size_t first, last;  // its occurrences
  text::Step step;          // the strictest of them
  double share;             // of the verse's words that match
};

TextHit hit_of(const WordFile& file, const Occurrence& place, const Path* path) {
  TextHit out{place.step, {}};
  if (path == nullptr) return out;  // it was found before, by the same steps
  std::uint32_t verse = place.verse;
  for (const PathWord& w : path->words) {
    while (w.piece >= file.first_piece(verse + 1)) ++verse;
    const auto& [entry, word, from] = file.piece(w.piece);
    const auto size = static_cast<std::uint32_t>(file.entry(entry).size());
    out.words.push_back({verse, word, from + w.begin, from + size, entry, w.begin, w.step});
  }
  return out;
}

}  // namespace

void sort_occurrences(std::vector<Occurrence>& list) {
  std::ranges::stable_sort(list, [](const Occurrence& a, const Occurrence& b) {
    return std::tie(a.piece, a.phrase) < std::tie(b.piece, b.phrase);
  });
}

void count_occurrences(std::span<const Occurrence> list, TextFound& out) {
  out.steps = step_counts(list, [](const Occurrence&) { return true; });
  for (std::size_t step = 0; step < all_steps; ++step) {
    if (out.steps[step].hits > 0) out.further[step] = {};
  }
  out.by_verse.clear();
  for (const Occurrence& o : list) {
    if (out.by_verse.empty() || out.by_verse.back().verse != o.verse) out.by_verse.push_back({o.verse, 0});
    ++out.by_verse.back().hits;
    ++out.hits;
    if (o.particle_before) ++out.particles_before;
    if (o.particle_between) ++out.particles_between;
  }
  out.verses = out.by_verse.size();
}

void list_occurrences(const WordFile& file, std::span<const Occurrence> list, const TextOptions& options,
                      const SoughtOf& sought, const PathOf& path, TextFound& out) {
  std::vector<RankedVerse> verses;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Occurrence& o = list[i];
    const auto words = static_cast<double>(file.first_piece(o.verse + 1) - file.first_piece(o.verse));
    const double share = std::min(1.0, static_cast<double>(sought(o)) / words);
    if (verses.empty() || verses.back().verse != o.verse) {
      verses.push_back({o.verse, i, i + 1, o.step, share});
    } else {
      RankedVerse& known = verses.back();
      known.last = i + 1;
      known.share = o.step < known.step ? share : o.step == known.step ? known.share + share : known.share;
      known.step = std::min(known.step, o.step);
    }
  }
  if (options.order == Order::relevance) {
    std::ranges::stable_sort(verses, [](const RankedVerse& a, const RankedVerse& b) {
      return a.step != b.step ? a.step < b.step : a.share > b.share;
    });
  }
  const std::size_t begin = std::min(options.offset, verses.size());
  const std::size_t end = begin + std::min(options.limit, verses.size() - begin);
  for (std::size_t i = begin; i < end; ++i) {
    TextVerse& verse = out.results.emplace_back();
    verse.verse = verses[i].verse;
    for (std::size_t o = verses[i].first; o < verses[i].last; ++o)
      verse.hits.push_back(hit_of(file, list[o], path(list[o])));
  }
}

}  // namespace kalima::search
