// Rows of the treebank or of MASAQ, packed: each cell is the number of its text in a pool, most frequent
// first, written as a variable-length integer; the rows of a verse are consecutive. The pool holds the cells
// as JSON, so that a row's JSON is only put together.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/container.h"
#include "support/string_list.h"

namespace kalima::api::legacy {

// How many section numbers a table takes, from `base` on.
inline constexpr std::uint32_t row_table_sections = 6;

class RowTableBuilder {
 public:
  // `columns`: the names in the answers, in the order of the answers (sorted by code point).
  explicit RowTableBuilder(std::vector<std::string> columns) : columns_(std::move(columns)) {}

  // `cells`: JSON texts, one for each column in their order. `verse` is 0-based.
  void add(std::size_t verse, const std::vector<std::string>& cells);
  // Call once, after the last row.
  void write(ContainerWriter& out, std::uint32_t base, std::size_t verse_count);
  // After write(): the number that the table has for a cell that was added.
  StringId number_of(std::string_view cell) { return renumbered_.at(cells_.add(cell)); }

 private:
  template <typename Visit>
  void each_row(Visit visit) const;

  std::vector<std::string> columns_;
  StringListBuilder cells_;
  std::vector<StringId> renumbered_;  // by order of appearance -> by frequency
  std::vector<std::uint64_t> uses_;
  std::string
      rows_;  // in the order of the calls, each as numbers: its verse, its cells by order of appearance
};

class RowTable {
 public:
  RowTable(const Container& file, std::uint32_t base);

  std::size_t column_count() const { return keys_.size(); }
  // The number of a column; nullopt if there is no such column.
  std::optional<std::size_t> column(std::string_view name) const;
  // The number of a cell's JSON text, or no_string if no cell has it.
  StringId find_cell(std::string_view json) const;
  std::string_view cell(StringId id) const { return cells_[id]; }
  std::size_t cell_count() const { return cells_.size(); }

  // Reads the rows of a verse one by one into cells(), in the order of the file.
  class Cursor {
   public:
    Cursor(const RowTable& table, std::size_t verse);
    // False after the last row.
    bool next();
    std::span<const StringId> cells() const { return row_; }

   private:
    const RowTable& table_;
    std::string_view data_;
    std::vector<StringId> row_;
  };

  // Appends the row as a JSON object.
  void write(std::span<const StringId> cells, std::string& out) const;
  // Appends all rows of a verse, separated by commas.
  void write_all(std::size_t verse, std::string& out) const;

 private:
  Rows<std::uint32_t> starts_;  // per verse and one more, into data_
  std::string_view data_;
  StringList cells_;
  Rows<StringId> by_text_;  // cell numbers in the order of their texts
  std::vector<std::string> names_;
  std::vector<std::string> keys_;  // `{"Case_Mood":`, `,"Column5":`, ...
};

}  // namespace kalima::api::legacy
