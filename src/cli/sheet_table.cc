#include "cli/sheet_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/terminal.h"

namespace kalima::cli {
namespace {

using statistics::Cell;

constexpr std::size_t bar_width = 20;  // in columns
// A column filled by eighths, from the left.
constexpr std::string_view eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

// Whether four decimals show 0 for another number. What computing leaves of 0 is less than any number here.
bool is_tiny(double number) { return std::abs(number) > 1e-9 && std::abs(number) < 0.00005; }

// Of so many decimals, and without a sign where that is 0; of what these would show as 0, with a power of ten.
std::string text_of(const Cell& cell, int decimals) {
  if (const auto* count = std::get_if<std::uint64_t>(&cell)) return with_commas(*count);
  const auto* number = std::get_if<double>(&cell);
  if (number == nullptr) return "-";
  if (is_tiny(*number)) return fmt::format("{:.1e}", *number);
  std::string out = fmt::format("{:.{}f}", *number, decimals);
  if (out.find_first_not_of("-0.") == std::string::npos && out.starts_with('-')) out.erase(0, 1);
  return out;
}

// Two, or four where two would show 0 for another number.
int decimals_of(const Cell& cell) {
  const auto* number = std::get_if<double>(&cell);
  return number != nullptr && std::abs(*number) > 1e-9 && std::abs(*number) < 0.005 ? 4 : 2;
}

double number_of(const Cell& cell) {
  if (const auto* count = std::get_if<std::uint64_t>(&cell)) return static_cast<double>(*count);
  if (const auto* number = std::get_if<double>(&cell)) return std::max(0.0, *number);
  return 0;
}

std::string bar_of(double number, double max) {
  if (max <= 0) return {};
  const auto filled = static_cast<std::size_t>(std::lround(number / max * bar_width * 8));
  std::string out;
  for (std::size_t i = 0; i < filled / 8; ++i) out += "█";
  out += eighths[filled % 8];
  return out.empty() && number > 0 ? std::string(eighths[1]) : out;
}

std::string words_of(std::string_view name) {
  std::string out(name);
  std::ranges::replace(out, '_', ' ');
  return out;
}

}  // namespace

std::string summary_of(const statistics::Sheet& sheet) {
  std::string out = fmt::format("{} counted (unit: {}); searched: {}, {}, {}\n", with_commas(sheet.total),
                                sheet.unit, counted(sheet.scope.words, "word"),
                                counted(sheet.scope.verses, "verse"), counted(sheet.scope.surahs, "surah"));
  std::string facts;
  for (std::size_t i = 0; i < sheet.facts.size(); ++i) {
    facts += facts.empty() ? "" : ", ";
    facts +=
        words_of(sheet.fact_columns[i].name) + ' ' + text_of(sheet.facts[i], decimals_of(sheet.facts[i]));
  }
  out += facts + '\n';
  for (const statistics::LeftOut& left : sheet.left_out)
    out += fmt::format("left out: {} {}\n", with_commas(left.count), left.what);
  for (const std::string& note : sheet.notes) out += note + '\n';
  return out;
}

std::string table_of(const statistics::Sheet& sheet, const std::vector<std::string>& shown,
                     std::string_view measured, const Screen& screen) {
  std::vector<std::size_t> columns;
  std::vector<std::vector<std::string>> rows(1);
  for (const std::string& name : shown) {
    const auto at = std::ranges::find(sheet.columns, name, &statistics::Column::name);
    if (at == sheet.columns.end()) continue;
    columns.push_back(static_cast<std::size_t>(at - sheet.columns.begin()));
    rows.front().push_back(words_of(name));
  }
  const auto bars = std::ranges::find(sheet.columns, measured, &statistics::Column::name);
  const std::size_t measure =
      bars == sheet.columns.end() ? columns.front() : static_cast<std::size_t>(bars - sheet.columns.begin());
  rows.front().emplace_back();
  for (const std::string& key : sheet.keys) rows.front().push_back(key);
  double max = 0;
  std::vector<int> decimals(columns.size(), 2);
  for (const statistics::Row& row : sheet.rows) {
    max = std::max(max, number_of(row.cells[measure]));
    for (std::size_t i = 0; i < columns.size(); ++i)
      decimals[i] = std::max(decimals[i], decimals_of(row.cells[columns[i]]));
  }
  for (const statistics::Row& row : sheet.rows) {
    std::vector<std::string>& cells = rows.emplace_back();
    for (std::size_t i = 0; i < columns.size(); ++i)
      cells.push_back(text_of(row.cells[columns[i]], decimals[i]));
    cells.push_back(bar_of(number_of(row.cells[measure]), max));
    for (const std::string& value : row.values) cells.push_back(value.empty() ? "(missing)" : value);
  }
  return table(rows, screen);
}

}  // namespace kalima::cli
