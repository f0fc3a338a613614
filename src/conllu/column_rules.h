// The rule of each of the treebank's columns; see treebank_columns.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "conllu/treebank_columns.h"
#include "corpus/features.h"

namespace kalima::conllu {

// What a rule may look at: the row's facts, and the cells that are already known, by the name of their
// column. Rules look back over a limited number of rows, so that the time is proportional to the size of the
// sentence.
class RowView {
 public:
  RowView(const TreebankColumns& columns, const SentenceRows& rows, std::size_t row)
      : columns_(columns), rows_(rows), row_(row) {}

  const RowFacts& facts() const { return rows_.facts[row_]; }
  const SentenceRows& sentence() const { return rows_; }
  std::size_t row() const { return row_; }
  // "_" for a column that the table does not have, and for a missing row.
  std::string_view cell(std::string_view column) const { return cell_of(row_, column); }
  std::string_view cell_of(std::size_t row, std::string_view column) const;
  // Of the previous row, which may be in the previous sentence.
  std::string_view before(std::string_view column) const;
  bool has_before() const { return row_ > 0 || !rows_.before.empty(); }
  // The parsed cell `features`, which must be known. Its texts point into that cell.
  const corpus::Features& features() const;

 private:
  const TreebankColumns& columns_;
  const SentenceRows& rows_;
  std::size_t row_;
  mutable std::optional<corpus::Features> features_;
};

struct ColumnRule {
  std::string_view column;
  std::string (*expected)(const RowView& row);
  std::string_view attribute = {};  // its name in the last column; empty: that of the column
  bool always = false;
};

// A cell as a number from 0 to 1,000,000,000.
std::optional<std::int64_t> number_of(std::string_view cell);

// The rules in the order in which they are applied: those of the first phase row after row, then those of the
// second.
std::span<const ColumnRule> first_rules();
std::span<const ColumnRule> second_rules();

}  // namespace kalima::conllu
