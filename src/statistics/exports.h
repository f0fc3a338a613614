// Sheets as tables for other programs (query/results/tables.h).
//
// Threads: pure functions.
#pragma once

#include <string>
#include <vector>

#include "query/results/tables.h"
#include "statistics/sheet.h"

namespace kalima::statistics {

// What was counted; the caller adds query, corpus and date.
query::Heading heading_of(const Sheet& sheet);
std::vector<query::TableColumn> columns_of(const Sheet& sheet);
std::vector<query::TableCell> cells_of(const Row& row);
// "" for a missing one.
std::string digits_of(const Cell& cell);

}  // namespace kalima::statistics
