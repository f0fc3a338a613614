#include "search/root_list.h"

#include <algorithm>

#include "text/buckwalter.h"
#include "text/unicode.h"

namespace kalima::search {

std::vector<RootCount> count_roots(const columns::CoreFile& core) {
  constexpr auto root = attributes::Attribute::root;
  std::vector<RootCount> roots;
  for (std::uint32_t value = 1; value <= core.values(root); ++value) {
    const std::string arabic = core.text(root, value);
    const columns::Counts counts = core.counts(root, value);
    if (counts.words == 0 || text::stripped(arabic).empty()) continue;
    roots.push_back({text::buckwalter_from_arabic(arabic).value_or(arabic), counts.verses, counts.words});
  }
  // Comparing UTF-8 bytes gives the order of the code points.
  std::ranges::sort(roots, {}, &RootCount::root);
  return roots;
}

}  // namespace kalima::search
