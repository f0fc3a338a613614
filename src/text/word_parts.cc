#include "text/word_parts.h"

#include <algorithm>
#include <cstdint>

#include "text/letters.h"

namespace kalima::text {
namespace {

constexpr std::size_t max_aligned_letters = 100;
constexpr std::size_t no_part = static_cast<std::size_t>(-1);

bool has_foreign_block(std::u32string_view word) {
  return std::ranges::any_of(word, [](char32_t c) { return c >= 0x80 && !(c >= 0x600 && c <= 0x6FF); });
}

// The letter of `right` that each of `left` is, or no_part: with the fewest that are added, left out or changed.
std::vector<std::size_t> aligned_letters(const Letters& left, const Letters& right) {
  const std::size_t width = right.size() + 1;
  std::vector<std::uint32_t> cost((left.size() + 1) * width);
  const auto at = [&](std::size_t i, std::size_t j) -> std::uint32_t& { return cost[i * width + j]; };
  const auto change = [&](std::size_t i, std::size_t j) { return left[i].base == right[j].base ? 0u : 1u; };
  // From the end, so that the walk goes from the beginning.
  for (std::size_t i = left.size() + 1; i-- > 0;) {
    for (std::size_t j = right.size() + 1; j-- > 0;) {
      if (i == left.size() || j == right.size()) {
        at(i, j) = static_cast<std::uint32_t>(left.size() - i + right.size() - j);
        continue;
      }
      at(i, j) = std::min({at(i + 1, j + 1) + change(i, j), at(i + 1, j) + 1, at(i, j + 1) + 1});
    }
  }
  std::vector<std::size_t> out(left.size(), no_part);
  for (std::size_t i = 0, j = 0; i < left.size() && j < right.size();) {
    if (at(i, j) == at(i + 1, j + 1) + change(i, j)) {
      out[i++] = j++;
    } else if (at(i, j) == at(i + 1, j) + 1) {
      ++i;
    } else {
      ++j;
    }
  }
  return out;
}

}  // namespace

std::vector<PartPlace> places_of_parts(std::u32string_view word, const std::vector<std::u32string>& parts) {
  if (has_foreign_block(word)) return {};
  const Letters whole = letters(word);
  Letters alone;
  std::vector<std::size_t> part_of;  // of each letter of `alone`
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const Letters of_part = letters(parts[part]);
    alone.insert(alone.end(), of_part.begin(), of_part.end());
    part_of.resize(alone.size(), part);
  }
  if (whole.size() > max_aligned_letters || alone.size() > max_aligned_letters) return {};
  const std::vector<std::size_t> aligned = aligned_letters(whole, alone);
  std::vector<PartPlace> out(parts.size());
  std::vector<bool> found(parts.size(), false);
  for (std::size_t i = 0, part = no_part; i < whole.size(); ++i) {
    // A letter that no part has belongs to the part before it.
    if (aligned[i] != no_part) part = part_of[aligned[i]];
    if (part == no_part) continue;
    if (!found[part]) out[part].from = whole[i].begin;
    found[part] = true;
    out[part].to = i + 1 < whole.size() ? whole[i + 1].begin : word.size();
  }
  for (PartPlace& place : out) {
    while (place.to > place.from && word[place.to - 1] == U' ') --place.to;
  }
  return out;
}

}  // namespace kalima::text
