// Places whose values are the same as those of places so much further: what `a.lemma = b.lemma` asks of each distance between two
// captures. Where many distances are asked about, as in `a:[] []* b:[]`, all are worked out at once, from each place to the next ones
// with its value, in time in proportion to what is found.
//
// Threads: one object is used by one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "query/plan/options.h"
#include "query/run/spans.h"

namespace kalima::query {

class EqualPlaces {
 public:
  // `values`: of each place; 0 for one that is like no other. They must stay where they are. nullptr if it is not known, because few
  // distances were asked about so far, or too many places are equal, or the distance is too large.
  const Starts* find(std::span<const std::uint32_t> values, std::uint32_t distance, Guard& guard);
  // `values` by what they are compared as: `same` has a number for each. They stay where they are.
  const std::vector<std::uint32_t>& compared(std::span<const std::uint32_t> values,
                                             std::span<const std::uint32_t> same);

 private:
  struct Known {
    std::uint32_t times_asked = 0;
    std::optional<std::vector<Starts>> by_distance;  // without any if there are too many
  };
  static std::vector<Starts> all(std::span<const std::uint32_t> values, Guard& guard);

  std::map<const std::uint32_t*, Known> known_;
  std::map<const std::uint32_t*, std::vector<std::uint32_t>> compared_;
};

}  // namespace kalima::query
