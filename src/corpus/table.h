// Rows of a table about verses (the treebank, MASAQ): cells as text, with the file's column names.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace kalima::corpus {

struct TableRow {
  std::optional<std::int64_t> verse;  // 0-based index in the corpus; nullopt for a row without a verse
  std::vector<std::string> cells;     // in the order of the columns
};

}  // namespace kalima::corpus
