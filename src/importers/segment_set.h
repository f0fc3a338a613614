// A set of segments of verses, in a few bytes for each: a corpus has millions.
#pragma once

#include <algorithm>
#include <cstdint>
#include <unordered_set>
#include <vector>

namespace kalima::importers {

class SegmentSet {
 public:
  // No text has other numbers, and no set.
  static bool in_range(std::int64_t word, std::int64_t segment) {
    return word >= 0 && word < (std::int64_t{1} << 20) && segment >= 0 && segment < (std::int64_t{1} << 12);
  }

  // False if it is in the set already. `verse` is a number from 0; the other two must be in range.
  bool insert(std::int64_t verse, std::int64_t word, std::int64_t segment) {
    const auto place = static_cast<std::size_t>(verse);
    if (place >= verses_.size()) verses_.resize(place + 1);
    auto& numbers = verses_[place];
    const std::uint32_t number = number_of(word, segment);
    if (numbers.empty() || numbers.back() < number) {
      numbers.push_back(number);
      return true;
    }
    if (std::ranges::binary_search(numbers, number)) return false;
    return late_.insert(key_of(place, number)).second;
  }

  bool contains(std::int64_t verse, std::int64_t word, std::int64_t segment) const {
    if (!has_any(verse) || !in_range(word, segment)) return false;
    const auto place = static_cast<std::size_t>(verse);
    const std::uint32_t number = number_of(word, segment);
    return std::ranges::binary_search(verses_[place], number) || late_.contains(key_of(place, number));
  }

  // Whether the verse has a segment in the set.
  bool has_any(std::int64_t verse) const {
    return static_cast<std::size_t>(verse) < verses_.size() &&
           !verses_[static_cast<std::size_t>(verse)].empty();
  }

 private:
  static std::uint32_t number_of(std::int64_t word, std::int64_t segment) {
    return static_cast<std::uint32_t>(word << 12 | segment);
  }
  static std::uint64_t key_of(std::size_t verse, std::uint32_t number) {
    return std::uint64_t{verse} << 32 | number;
  }

  std::vector<std::vector<std::uint32_t>> verses_;  // ascending
  std::unordered_set<std::uint64_t> late_;          // those that came after a later one of their verse
};

}  // namespace kalima::importers
