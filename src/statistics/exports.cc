#include "statistics/exports.h"

#include <fmt/format.h>

#include <iterator>
#include <variant>

namespace kalima::statistics {

std::string digits_of(const Cell& cell) {
  if (const auto* count = std::get_if<std::uint64_t>(&cell)) return std::to_string(*count);
  if (const auto* number = std::get_if<double>(&cell)) return query::digits_of(*number);
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
  std::string left_out;
  for (const LeftOut& left : sheet.left_out) {
    fmt::format_to(std::back_inserter(left_out), "{}{} {}", left_out.empty() ? "" : "; ", left.count,
                   left.what);
  }
  out.more.push_back({"left out", std::move(left_out)});
  out.partial = sheet.partial;
  return out;
}

std::vector<query::TableColumn> columns_of(const Sheet& sheet) {
  using query::ColumnType;
  std::vector<query::TableColumn> out;
  for (const std::string& key : sheet.keys) out.push_back({key, ColumnType::text});
  for (const Column& column : sheet.columns)
    out.push_back({std::string(column.name), column.count ? ColumnType::whole : ColumnType::number});
  out.push_back({"query", ColumnType::text});
  return out;
}

std::vector<query::TableCell> cells_of(const Row& row) {
  std::vector<query::TableCell> out;
  for (const std::string& value : row.values) out.push_back(query::cell_or_missing(value));
  for (const Cell& cell : row.cells)
    out.push_back(std::visit([](const auto& value) { return query::TableCell(value); }, cell));
  out.push_back(query::cell_or_missing(row.query));
  return out;
}

}  // namespace kalima::statistics
