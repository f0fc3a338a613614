// A row of cells as one text: cells separated by tabs, with \t, \n and \\ for these three characters in a
// cell.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kalima::store {

std::string cells_to_text(const std::vector<std::string>& cells);
// Reuses the strings of `cells`.
void cells_from_text(std::string_view text, std::vector<std::string>& cells);
std::vector<std::string> cells_from_text(std::string_view text);

}  // namespace kalima::store
