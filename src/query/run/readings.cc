#include "query/run/readings.h"

#include <vector>

#include "query/run/paged.h"

namespace kalima::query {

Spans reduced(Spans spans, Reading reading, std::size_t size) {
  if (reading == Reading::all) return spans;
  // Of each start its end; 0 for none.
  Paged<std::uint32_t> ends(size, 0);
  Bits begun(size);
  for (const Group& group : spans.groups) {
    group.starts.each([&](std::uint32_t start) {
      const std::uint32_t end = start + group.length, known = ends[start];
      if (known == 0 || (reading == Reading::longest ? end > known : end < known)) ends.at(start) = end;
      begun.set(start);
    });
  }
  if (reading == Reading::shortest) {
    std::vector<std::uint32_t> starts;
    begun.each([&](std::size_t start) { starts.push_back(static_cast<std::uint32_t>(start)); });
    std::uint32_t soonest = 0xFFFFFFFF;
    for (auto start = starts.rbegin(); start != starts.rend(); ++start) {
      std::uint32_t& end = ends.at(*start);
      if (soonest <= end) {
        end = 0;
      } else {
        soonest = end;
      }
    }
  } else if (reading == Reading::longest) {
    std::uint32_t furthest = 0;
    begun.each([&](std::size_t start) {
      std::uint32_t& end = ends.at(start);
      if (end <= furthest) {
        end = 0;
      } else {
        furthest = end;
      }
    });
  } else {
    Bits taken(size + 1);
    begun.each([&](std::size_t start) {
      std::uint32_t& end = ends.at(start);
      if (end == 0) return;
      if (taken.test(end)) {
        end = 0;
      } else {
        taken.set(end);
      }
    });
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
