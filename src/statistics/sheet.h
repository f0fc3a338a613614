// What every statistic gives: a table, and what it is a table of, so that a figure can be cited.
//
// Threads: values.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kalima::statistics {

// Missing, a count, or a number.
using Cell = std::variant<std::monostate, std::uint64_t, double>;
// Missing if it is not finite.
inline Cell cell_of(double number) { return std::isfinite(number) ? Cell(number) : Cell(); }

struct Column {
  std::string_view name;
  bool count = false;  // whole numbers
  std::string_view meaning;
};

struct Row {
  std::vector<std::string> values;  // of the keys; "" for a missing one
  std::vector<Cell> cells;          // of the columns
  std::string query;                // finds what was counted; "" where no query does
};

// What was not counted, or is not listed.
struct LeftOut {
  std::string what;
  std::uint64_t count;
};

// The words that a statistic is about.
struct Extent {
  std::uint64_t words = 0, verses = 0, surahs = 0;
};

struct Sheet {
  std::string unit;         // what `total` counts
  std::uint64_t total = 0;  // of all rows, and of what is left out of them
  Extent scope;
  std::vector<LeftOut> left_out;
  std::vector<std::string> notes;
  bool partial = false;  // time or memory ran out

  // About the whole.
  std::span<const Column> fact_columns;
  std::vector<Cell> facts;

  std::vector<std::string> keys;
  std::span<const Column> columns;
  std::vector<Row> rows;
  std::uint64_t rows_total = 0;  // beside those on this page
};

// Which rows are made.
struct Page {
  std::uint64_t offset = 0, limit = 0;
};

}  // namespace kalima::statistics
