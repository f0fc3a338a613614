// Where the spans of an automaton may begin: of `"a" [] "b"` where a word of the rarer of the two says, so that what is rare
// takes no time in the rest of the corpus.
#include <algorithm>
#include <utility>

#include "query/run/automaton.h"

namespace kalima::query {

Starts Automaton::beginnings() const {
  if (auto few = few_beginnings()) return std::move(*few);
  // What is empty may be after the last place.
  return fence_.inside ? Starts(*fence_.inside) : Starts(Bits(evaluation_.axis().size() + 1, true));
}

// By that of the words, segments and tags that all spans begin with which is in the fewest places; nullopt if there are many.
std::optional<Starts> Automaton::few_beginnings() const {
  // So much further on many different places are not few any more.
  constexpr std::uint32_t max_distances = 64;
  // Of the one with the fewest places: these, and how far they may be from where a span begins.
  std::vector<const Bits*> places;
  std::uint32_t nearest = 0, furthest = 0;
  std::size_t fewest = evaluation_.axis().size() / 64 + 8;
  // What is at so many places from the beginning.
  std::uint32_t low = 0, high = 0;
  const auto look_at = [&](std::vector<const Bits*> here) {
    std::size_t count = 0;
    for (const Bits* const bits : here) count += bits->count(fewest) * (high - low + 1);
    if (count >= fewest) return;
    fewest = count;
    places = std::move(here);
    nearest = low;
    furthest = high;
  };
  for (const Instruction& now : program_) {
    if (now.op == Op::open || now.op == Op::close || now.op == Op::enter) continue;
    if (now.op == Op::check) {
      look_at({high == 0 ? checks_[now.x].first.get() : checks_[now.x].later.get()});
    } else if (now.op == Op::token) {
      const Token& token = tokens_[now.x];
      // What is not made is in many places.
      if (!token.any && token.made()) {
        std::vector<const Bits*> here;
        for (const auto& bits : token.first) here.push_back(bits.get());
        look_at(std::move(here));
      }
      low += 1;
      high += token.widths;
    } else {
      break;
    }
    if (high - low >= max_distances) break;
  }
  if (places.empty()) return std::nullopt;
  std::vector<std::uint32_t> starts;
  for (const Bits* const bits : places) {
    bits->each([&](std::size_t place) {
      for (std::uint32_t distance = nearest; distance <= furthest && distance <= place; ++distance) {
        const std::size_t start = place - distance;
        if (!fence_.inside || fence_.inside->test(start)) starts.push_back(static_cast<std::uint32_t>(start));
      }
    });
  }
  std::ranges::sort(starts);
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  return Starts(std::move(starts));
}

}  // namespace kalima::query
