// A table of texts and numbers in a format for other programs (formats.h), not as conllu. In jsonl a row is an object with
// the columns as its members.
//
// Threads: one export is written by one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "arrow/stream.h"
#include "query/results/formats.h"

namespace kalima::query {

// What the first lines say. Empty texts are left out.
struct Heading {
  std::string query, corpus, date;  // corpus: what names it
  struct Fact {
    std::string name;
    std::variant<std::string, std::uint64_t> value;
  };
  std::vector<Fact> more;
  bool partial = false;
};
// As lines after "#".
void append_comments(std::string& out, Format format, const Heading& heading);
// As a line with an object.
void append_object(std::string& out, const Heading& heading);

using ColumnType = arrow::Type;
using TableColumn = arrow::Field;
// Missing, a text, a count or a number.
using TableCell = std::variant<std::monostate, std::string, std::uint64_t, double>;
inline TableCell cell_or_missing(std::string text) {
  return text.empty() ? TableCell() : TableCell(std::move(text));
}
void append_json(std::string& out, const TableCell& cell);
// 12 of them, as all numbers have in texts.
std::string digits_of(double number);

class TableExport {
 public:
  TableExport(Format format, std::vector<TableColumn> columns);

  void append_heading(std::string& out, const Heading& heading) const;
  void append_row(std::string& out, const std::vector<TableCell>& cells);
  void append_end(std::string& out);

 private:
  void append_line(std::string& out, const std::vector<TableCell>& cells) const;

  Format format_;
  std::vector<TableColumn> columns_;
  std::optional<arrow::StreamWriter> arrow_;
};

}  // namespace kalima::query
