// Columns made of the tables of measures.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "statistics/measures.h"
#include "statistics/sheet.h"

namespace kalima::statistics {

template <std::size_t size, typename Counts, std::size_t measures>
constexpr auto with_measures(const std::array<Column, size>& first,
                             const std::array<Measure<Counts>, measures>& all) {
  std::array<Column, size + measures> out;
  for (std::size_t i = 0; i < size; ++i) out[i] = first[i];
  for (std::size_t i = 0; i < measures; ++i) out[size + i] = {all[i].name, false, all[i].formula};
  return out;
}

// The names of columns, and of what else rows may be ordered by.
template <std::size_t size, std::size_t more>
constexpr auto names_of(const std::array<Column, size>& columns,
                        const std::array<std::string_view, more>& others) {
  std::array<std::string_view, size + more> out;
  for (std::size_t i = 0; i < size; ++i) out[i] = columns[i].name;
  for (std::size_t i = 0; i < more; ++i) out[size + i] = others[i];
  return out;
}

template <typename Counts, std::size_t measures>
void append_measures(std::vector<Cell>& cells, const Counts& counts,
                     const std::array<Measure<Counts>, measures>& all) {
  for (const Measure<Counts>& measure : all) cells.push_back(cell_of(measure.value(counts)));
}

}  // namespace kalima::statistics
