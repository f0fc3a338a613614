// How long spans are that are of use, of each place where they begin: what an automaton would read beyond is left out.
//
// Threads: constant once made.
#pragma once

#include <cstdint>
#include <vector>

#include "query/run/spans.h"

namespace kalima::query {

class Reach {
 public:
  // Of each place of the axis the places of the longest span that is of use; 0 for none.
  explicit Reach(std::vector<std::uint32_t> longest);

  std::uint32_t longest(std::uint32_t place) const { return longest_[place]; }

  // The starts of which a span of so many places may be of use.
  Starts of(const Starts& starts, std::uint32_t places) const;
  std::size_t bytes() const;

 private:
  std::vector<std::uint32_t> longest_;
  std::vector<Starts> with_;  // by the number of places, from 0; large numbers may be missing
};

}  // namespace kalima::query
