// A statistic as a table for people.
//
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/concordance.h"
#include "statistics/sheet.h"

namespace kalima::cli {

// What was counted, what was left out, and the figures about the whole.
std::string summary_of(const statistics::Sheet& sheet);

// The values of the rows with the columns that are named, and a bar for the column `measured`, or the first of these.
std::string table_of(const statistics::Sheet& sheet, const std::vector<std::string>& shown,
                     std::string_view measured, const Screen& screen);

}  // namespace kalima::cli
