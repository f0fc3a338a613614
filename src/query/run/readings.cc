#include "query/run/readings.h"

#include <algorithm>
#include <vector>

namespace kalima::query {

Spans reduced(Spans spans, Reading reading, std::size_t size) {
  if (reading == Reading::all) return spans;
  // Of each start its end; 0 for none.
  std::vector<std::uint32_t> ends(size, 0);
  for (const Group& group : spans.groups) {
    group.starts.each([&](std::uint32_t start) {
      const std::uint32_t end = start + group.length;
      if (ends[start] == 0 || (reading == Reading::longest ? end > ends[start] : end < ends[start]))
        ends[start] = end;
    });
  }
  if (reading == Reading::shortest) {
    std::uint32_t soonest = 0xFFFFFFFF;
    for (std::size_t start = size; start-- > 0;) {
      if (ends[start] == 0) continue;
      if (soonest <= ends[start]) {
        ends[start] = 0;
      } else {
        soonest = ends[start];
      }
    }
  } else if (reading == Reading::longest) {
    std::uint32_t furthest = 0;
    for (std::uint32_t& end : ends) {
      if (end <= furthest) {
        end = 0;
      } else {
        furthest = end;
      }
    }
  } else {
    std::vector<bool> taken(size + 1, false);
    for (std::uint32_t& end : ends) {
      if (end != 0 && taken[end]) end = 0;
      taken[end] = true;
    }
  }
  Spans out;
  for (const Group& group : spans.groups) {
    out.add(group.length, group.shape,
            group.starts.where([&](std::uint32_t start) { return ends[start] == start + group.length; }));
  }
  // A reading chooses among spans.
  out.without_span = std::move(spans.without_span);
  return out;
}

}  // namespace kalima::query
