#include "statistics/exports.h"

#include <fmt/format.h>

namespace kalima::statistics {

std::string digits_of(const Cell& cell) {
  if (const auto* count = std::get_if<std::uint64_t>(&cell)) return std::to_string(*count);
  if (const auto* number = std::get_if<double>(&cell)) return fmt::format("{:.12g}", *number);
  return {};
}

query::Heading heading_of(const Sheet& sheet) {
  query::Heading out;
  out.more = {{"unit", sheet.unit},
              {"total", sheet.total},
              {"scope", fmt::format("{} words, {} verses, {} surahs", sheet.scope.words, sheet.scope.verses,
                                    sheet.scope.surahs)}};
  for (std::size_t i = 0; i < sheet.facts.size(); ++i) {
    std::string name(sheet.fact_columns[i].name);
    if (const auto* count = std::get_if<std::uint64_t>(&sheet.facts[i])) {
      out.more.push_back({std::move(name), *count});
    } else {
      out.more.push_back({std::move(name), digits_of(sheet.facts[i])});
    }
  }
  for (const LeftOut& left : sheet.left_out)
    out.more.push_back({"left out", fmt::format("{} {}", left.count, left.what)});
  out.partial = sheet.partial;
  return out;
}

std::vector<std::string> names_of(const Sheet& sheet) {
  std::vector<std::string> out = sheet.keys;
  for (const Column& column : sheet.columns) out.emplace_back(column.name);
  out.emplace_back("query");
  return out;
}

std::vector<query::TableCell> cells_of(const Row& row) {
  std::vector<query::TableCell> out;
  for (const std::string& value : row.values) out.push_back({value, false});
  for (const Cell& cell : row.cells) out.push_back({digits_of(cell), true});
  out.push_back({row.query, false});
  return out;
}

}  // namespace kalima::statistics
