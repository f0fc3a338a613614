#include "query/results/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "query/syntax/parser.h"
#include "query/syntax/printer.h"
#include "support/json.h"

namespace kalima::query {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Without line ends and the like.
std::string on_one_line(std::string_view text) {
  std::string out(text);
  std::ranges::replace_if(
      out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return out;
}

void append_cell(std::string& out, Format format, std::string_view text) {
  std::string safe = on_one_line(text);
  // What spreadsheet programs would calculate.
  if (!safe.empty() && std::string_view("=+-@").find(safe.front()) != std::string_view::npos)
    safe.insert(safe.begin(), '\'');
  if (format != Format::csv || safe.find_first_of("\",") == std::string::npos) {
    out += safe;
    return;
  }
  out += '"';
  for (const char c : safe) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

// A query that can be run again: line ends may end comments.
std::string query_on_one_line(const std::string& text) {
  return text.find_first_of("\r\n") == std::string::npos ? text : print(parse(text));
}

// What a heading says, in this order.
std::vector<Heading::Fact> facts_of(const Heading& heading, std::string query) {
  std::vector<Heading::Fact> out{{"query", std::move(query)}};
  out.insert(out.end(), heading.more.begin(), heading.more.end());
  out.insert(out.end(), {{"corpus", heading.corpus}, {"date", heading.date}});
  std::erase_if(out, [](const Heading::Fact& fact) {
    const auto* text = std::get_if<std::string>(&fact.value);
    return text != nullptr && text->empty();
  });
  return out;
}

std::string text_of(const Heading::Fact& fact) {
  if (const auto* number = std::get_if<std::uint64_t>(&fact.value)) return std::to_string(*number);
  return std::get<std::string>(fact.value);
}

arrow::Cell arrow_cell(const TableCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return std::string_view(*text);
  if (const auto* count = std::get_if<std::uint64_t>(&cell)) return static_cast<std::int64_t>(*count);
  if (const auto* number = std::get_if<double>(&cell)) return *number;
  return std::monostate();
}

}  // namespace

void append_json(std::string& out, const TableCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    json::write_string(*text, out);
  } else if (const auto* count = std::get_if<std::uint64_t>(&cell)) {
    out += std::to_string(*count);
  } else if (const auto* number = std::get_if<double>(&cell)) {
    out += digits_of(*number);
  } else {
    out += "null";
  }
}

std::string digits_of(double number) { return fmt::format("{:.12g}", number); }

void append_comments(std::string& out, Format format, const Heading& heading) {
  const std::string_view end = format == Format::csv ? "\r\n" : "\n";
  // Readers of CoNLL-U split comments at "=".
  const std::string_view sign = format == Format::conllu ? " =" : ":";
  const auto add = [&](std::string_view name, std::string_view value) {
    fmt::format_to(std::back_inserter(out), "# {}{} {}{}", name, sign, on_one_line(value), end);
  };
  for (const Heading::Fact& fact : facts_of(heading, query_on_one_line(heading.query)))
    add(fact.name, text_of(fact));
  if (heading.partial) add("partial", "yes, time or memory ran out");
}

void append_object(std::string& out, const Heading& heading) {
  out += '{';
  for (const Heading::Fact& fact : facts_of(heading, heading.query)) {
    json::write_string(fact.name, out);
    out += ':';
    if (std::holds_alternative<std::string>(fact.value)) {
      json::write_string(text_of(fact), out);
    } else {
      out += text_of(fact);
    }
    out += ',';
  }
  fmt::format_to(std::back_inserter(out), "\"partial\":{}}}\n", heading.partial);
}

TableExport::TableExport(Format format, std::vector<TableColumn> columns)
    : format_(format), columns_(std::move(columns)) {
  if (format == Format::arrow) arrow_.emplace(columns_);
}

void TableExport::append_heading(std::string& out, const Heading& heading) const {
  if (arrow_) {
    arrow::StreamWriter::About about;
    for (const Heading::Fact& fact : facts_of(heading, heading.query))
      about.emplace_back(fact.name, text_of(fact));
    about.emplace_back("partial", heading.partial ? "yes" : "no");
    return arrow_->begin(out, about);
  }
  if (format_ == Format::jsonl) return append_object(out, heading);
  if (format_ == Format::csv) out += byte_order_mark;
  append_comments(out, format_, heading);
  std::vector<TableCell> names;
  for (const TableColumn& column : columns_) names.emplace_back(column.name);
  append_line(out, names);
}

void TableExport::append_line(std::string& out, const std::vector<TableCell>& cells) const {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += format_ == Format::csv ? ',' : '\t';
    if (const auto* text = std::get_if<std::string>(&cells[i])) append_cell(out, format_, *text);
    if (const auto* count = std::get_if<std::uint64_t>(&cells[i])) out += std::to_string(*count);
    if (const auto* number = std::get_if<double>(&cells[i])) out += digits_of(*number);
  }
  out += format_ == Format::csv ? "\r\n" : "\n";
}

void TableExport::append_row(std::string& out, const std::vector<TableCell>& cells) {
  if (arrow_) {
    std::vector<arrow::Cell> row;
    for (const TableCell& cell : cells) row.push_back(arrow_cell(cell));
    return arrow_->row(out, row);
  }
  if (format_ != Format::jsonl) return append_line(out, cells);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    out += i == 0 ? '{' : ',';
    json::write_string(columns_[i].name, out);
    out += ':';
    append_json(out, cells[i]);
  }
  out += "}\n";
}

void TableExport::append_end(std::string& out) {
  if (arrow_) arrow_->end(out);
}

}  // namespace kalima::query
