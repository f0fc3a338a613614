#include "query/run/equal_places.h"

#include <algorithm>
#include <utility>

#include "query/plan/plan.h"
#include "query/run/corpus.h"

namespace kalima::query {
namespace {

// The words that a repetition without end may have.
constexpr std::uint32_t max_distance = max_unbounded_words;
constexpr std::uint32_t times_before_all = 16;
// Of each place, in the middle.
constexpr std::size_t max_equal = 32;

}  // namespace

const Starts* EqualPlaces::find(std::span<const std::uint32_t> values, std::uint32_t distance, Guard& guard) {
  if (distance == 0 || distance > max_distance) return nullptr;
  Known& known = known_[values.data()];
  if (++known.times_asked <= times_before_all) return nullptr;
  if (!known.by_distance) known.by_distance = all(values, guard);
  return known.by_distance->empty() ? nullptr : &(*known.by_distance)[distance];
}

const std::vector<std::uint32_t>& EqualPlaces::compared(std::span<const std::uint32_t> values,
                                                        std::span<const std::uint32_t> same) {
  const auto [found, is_new] = compared_.try_emplace(values.data());
  if (is_new) {
    found->second.reserve(values.size());
    for (const std::uint32_t value : values) found->second.push_back(value == 0 ? 0 : same[value] + 1);
  }
  return found->second;
}

std::vector<Starts> EqualPlaces::all(std::span<const std::uint32_t> values, Guard& guard) {
  const auto size = static_cast<std::uint32_t>(values.size());
  std::vector<std::uint32_t> next(size, nothing), last;
  for (std::uint32_t place = size; place-- > 0;) {
    const std::uint32_t value = values[place];
    if (value == 0) continue;
    if (value >= last.size()) last.resize(value + std::size_t{1}, nothing);
    next[place] = std::exchange(last[value], place);
  }
  std::vector<std::vector<std::uint32_t>> found(max_distance + std::size_t{1});
  std::size_t left = max_equal * values.size();
  Memory memory(guard);
  for (std::uint32_t place = 0; place < size; ++place) {
    if (guard.stop()) return {};
    if (place % 4096 == 0 && !memory.hold((max_equal * values.size() - left) * sizeof(std::uint32_t)))
      return {};
    for (std::uint32_t other = next[place]; other != nothing && other - place <= max_distance;
         other = next[other]) {
      if (left-- == 0) return {};
      found[other - place].push_back(place);
    }
  }
  std::vector<Starts> out;
  std::size_t bytes = 0;
  for (std::vector<std::uint32_t>& places : found) {
    if (places.size() > size / 64) {
      Bits many(size);
      for (const std::uint32_t place : places) many.set(place);
      out.emplace_back(std::move(many));
    } else {
      out.emplace_back(std::move(places));
    }
    bytes += out.back().bytes();
  }
  guard.take(static_cast<std::ptrdiff_t>(bytes));
  return out;
}

}  // namespace kalima::query
