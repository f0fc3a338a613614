// Values in the order of a number, of which only a page is made into rows.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "query/results/collation.h"
#include "query/results/paging.h"
#include "statistics/sheet.h"

namespace kalima::statistics {

struct Ranked {
  std::uint32_t value;
  double number;  // the largest first; one that is not a number last
  std::uint64_t count;
};

// Those of `page`: by their number, then by their count, then in the order of the values.
inline void keep_ranked(std::vector<Ranked>& all, const Page& page, const query::Ranks& ranks,
                        attributes::Attribute attribute) {
  const std::vector<std::uint32_t>& rank = ranks.of(attribute);
  for (Ranked& one : all) {
    if (std::isnan(one.number)) one.number = -std::numeric_limits<double>::infinity();
  }
  query::keep_page(all, page.offset, page.limit, [&](const Ranked& a, const Ranked& b) {
    if (a.number != b.number) return a.number > b.number;
    if (a.count != b.count) return a.count > b.count;
    return rank.empty() ? a.value < b.value : rank[a.value] < rank[b.value];
  });
}

}  // namespace kalima::statistics
