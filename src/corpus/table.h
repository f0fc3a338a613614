// Rows of a table that belong to verses (the treebank, MASAQ), cells as text under the file's column names.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace kalima::corpus {

struct TableRow {
  std::optional<std::int64_t> verse;  // 0-based place in the corpus; none for a row of no verse
  std::vector<std::string> cells;     // in the order of the columns
};

}  // namespace kalima::corpus
