// Where spans end, by where they begin: a sorted list while the spans are few, else a row of all places.
//
// Places are those of an axis. Threads: constant once made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "query/run/spans.h"

namespace kalima::query {

using EndsByStart = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

class FurthestEnds {
 public:
  // Of spans that are not empty, on an axis of so many places.
  FurthestEnds(std::size_t size, const Spans& spans);
  // Of (begin, end) by begin.
  explicit FurthestEnds(EndsByStart ranges);

  // The largest end among those that begin at the place or before; 0 for none.
  std::uint32_t at(std::uint32_t place) const;

 private:
  EndsByStart few_;
  std::vector<std::uint32_t> many_;  // by place; if it is empty, the list counts
};

class SoonestEnds {
 public:
  // Of all spans, empty ones too.
  SoonestEnds(std::size_t size, const Spans& spans);

  // The smallest end among those that begin at the place or after it; UINT32_MAX for none.
  std::uint32_t at(std::uint32_t place) const;

 private:
  EndsByStart few_;
  std::vector<std::uint32_t> many_;
};

}  // namespace kalima::query
