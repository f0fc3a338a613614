// For each place where a span may begin, how long it may be and still be of use: an automaton reads no further.
//
// Threads: constant once made.
#pragma once

#include <cstdint>
#include <vector>

#include "query/run/spans.h"

namespace kalima::query {

class Reach {
 public:
  // `longest`: for each place of the axis, how many places the longest useful span has that begins there; 0 if there is no such span.
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
