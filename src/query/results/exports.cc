#include "query/results/exports.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "query/syntax/parser.h"
#include "query/syntax/printer.h"
#include "support/json.h"

namespace kalima::query {
namespace {

using attributes::Attribute;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_table(Format format) { return format == Format::csv || format == Format::tsv; }

// Without line ends and the like.
std::string on_one_line(std::string_view text) {
  std::string out(text);
  std::ranges::replace_if(
      out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return out;
}

// One row of a table.
class Row {
 public:
  Row(std::string& out, Format format) : out_(out), format_(format) {}
  ~Row() { out_ += format_ == Format::csv ? "\r\n" : "\n"; }
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;

  void cell(std::string_view text) {
    if (!first_) out_ += format_ == Format::csv ? ',' : '\t';
    first_ = false;
    std::string safe = on_one_line(text);
    // What spreadsheet programs would calculate.
    if (!safe.empty() && std::string_view("=+-@").find(safe.front()) != std::string_view::npos)
      safe.insert(safe.begin(), '\'');
    if (format_ == Format::csv && safe.find_first_of("\",") != std::string::npos) {
      out_ += '"';
      for (const char c : safe) {
        if (c == '"') out_ += '"';
        out_ += c;
      }
      out_ += '"';
    } else {
      out_ += safe;
    }
  }
  void number(std::string_view digits) {
    if (!first_) out_ += format_ == Format::csv ? ',' : '\t';
    first_ = false;
    out_ += digits;
  }

 private:
  std::string& out_;
  Format format_;
  bool first_ = true;
};

std::string text_of(const std::variant<std::string, std::uint64_t>& value) {
  if (const auto* number = std::get_if<std::uint64_t>(&value)) return std::to_string(*number);
  return std::get<std::string>(value);
}

// A query that can be run again: line ends may end comments.
std::string query_on_one_line(const std::string& text) {
  return text.find_first_of("\r\n") == std::string::npos ? text : print(parse(text));
}

void append_comments(std::string& out, Format format, const Heading& heading) {
  const std::string_view end = format == Format::csv ? "\r\n" : "\n";
  // Readers of CoNLL-U split comments at "=".
  const std::string_view sign = format == Format::conllu ? " =" : ":";
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty())
      fmt::format_to(std::back_inserter(out), "# {}{} {}{}", name, sign, on_one_line(value), end);
  };
  add("query", query_on_one_line(heading.query));
  for (const Heading::Fact& fact : heading.more) add(fact.name, text_of(fact.value));
  add("corpus", heading.corpus);
  add("date", heading.date);
  if (heading.partial) add("partial", "yes, time or memory ran out");
}

void append_object(std::string& out, const Heading& heading) {
  out += '{';
  const auto add_name = [&](std::string_view name) {
    if (out.back() != '{') out += ',';
    json::write_string(name, out);
    out += ':';
  };
  const auto add = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    add_name(name);
    json::write_string(value, out);
  };
  add("query", heading.query);
  for (const Heading::Fact& fact : heading.more) {
    if (const auto* number = std::get_if<std::uint64_t>(&fact.value)) {
      add_name(fact.name);
      out += std::to_string(*number);
    } else {
      add(fact.name, std::get<std::string>(fact.value));
    }
  }
  add("corpus", heading.corpus);
  add("date", heading.date);
  fmt::format_to(std::back_inserter(out), ",\"partial\":{}}}\n", heading.partial);
}

}  // namespace

void LineExport::append_heading(std::string& out, const Heading& heading) const {
  if (format_ == Format::jsonl) return append_object(out, heading);
  if (format_ == Format::csv) out += byte_order_mark;
  append_comments(out, format_, heading);
  if (format_ == Format::conllu) return;
  Row row(out, format_);
  for (const std::string_view name : {"start", "end", "before", "match", "after"}) row.cell(name);
  for (const std::string& label : shown_.labels) row.cell(label);
  for (const Attribute attribute : shown_.columns) {
    for (const std::string_view part : {"before", "match", "after"})
      row.cell(fmt::format("{}.{}", part, attributes::definition(attribute).name));
  }
}

void LineExport::append(std::string& out, const Hit& hit) {
  if (is_table(format_)) return append_cells(out, hit);
  if (format_ == Format::conllu) return append_sentence(out, hit);
  write_json(out, engine_, hit, shown_);
  out += '\n';
}

void LineExport::append_cells(std::string& out, const Hit& hit) const {
  const Corpus& corpus = engine_.corpus();
  const Line line = line_of(corpus, hit, shown_.context);
  const auto words = [&](std::uint32_t begin, std::uint32_t end) {
    std::string text;
    for (std::uint32_t word = begin; word < end; ++word)
      (text += text.empty() ? "" : " ") += corpus.core().word_form(word);
    return text;
  };
  const auto values = [&](Attribute attribute, std::uint32_t begin, std::uint32_t end) {
    std::string text;
    for (std::uint32_t word = begin; word < end; ++word) {
      if (word > begin) text += ' ';
      const std::string value =
          corpus.core().text(attribute, value_in_line(corpus, attribute, hit, line, word));
      text += value.empty() ? "_" : value;
    }
    return text;
  };
  Row row(out, format_);
  row.cell(place_name(engine_, hit.first()));
  row.cell(place_name(engine_, hit.last()));
  row.cell(words(line.from, line.match.begin));
  row.cell(words(line.match.begin, line.match.end));
  row.cell(words(line.match.end, line.to));
  for (std::uint32_t label = 0; label < shown_.labels.size(); ++label) {
    const auto captured = std::ranges::find(hit.captures, label, &Captured::label);
    if (captured == hit.captures.end()) {
      row.cell({});
    } else if (captured->hidden) {
      row.cell("(hidden)");
    } else {
      row.cell(text_of_span(corpus, captured->begin, captured->end));
    }
  }
  for (const Attribute attribute : shown_.columns) {
    row.cell(values(attribute, line.from, line.match.begin));
    row.cell(values(attribute, line.match.begin, line.match.end));
    row.cell(values(attribute, line.match.end, line.to));
  }
}

void append_table_heading(std::string& out, Format format, const Heading& heading,
                          const std::vector<std::string>& columns) {
  if (format == Format::jsonl) return append_object(out, heading);
  if (format == Format::csv) out += byte_order_mark;
  append_comments(out, format, heading);
  Row row(out, format);
  for (const std::string& column : columns) row.cell(column);
}

void append_table_row(std::string& out, Format format, const std::vector<std::string>& columns,
                      const std::vector<TableCell>& cells) {
  if (format == Format::jsonl) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      out += i == 0 ? '{' : ',';
      json::write_string(columns[i], out);
      out += ':';
      if (cells[i].text.empty()) {
        out += "null";
      } else if (cells[i].number) {
        out += cells[i].text;
      } else {
        json::write_string(cells[i].text, out);
      }
    }
    out += "}\n";
    return;
  }
  Row row(out, format);
  for (const TableCell& cell : cells) {
    if (cell.number) {
      row.number(cell.text);
    } else {
      row.cell(cell.text);
    }
  }
}

void append_group_heading(std::string& out, Format format, const Heading& heading,
                          const std::vector<std::string>& keys) {
  std::vector<std::string> columns = keys;
  columns.insert(columns.end(), {"hits", "verses", "share", "query"});
  append_table_heading(out, format, heading, columns);
}

void append_group(std::string& out, Format format, const std::vector<std::string>& keys,
                  const GroupRow& group) {
  if (format == Format::jsonl) {
    out += "{\"values\":{";
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (i > 0) out += ',';
      json::write_string(keys[i], out);
      out += ':';
      if (group.values[i].empty()) {
        out += "null";
      } else {
        json::write_string(group.values[i], out);
      }
    }
    fmt::format_to(std::back_inserter(out), R"(}},"hits":{},"verses":{},"share":{:.6f},"query":)", group.hits,
                   group.verses, group.share);
    if (group.query.empty()) {
      out += "null";
    } else {
      json::write_string(group.query, out);
    }
    out += "}\n";
    return;
  }
  Row row(out, format);
  for (const std::string& value : group.values) row.cell(value);
  row.number(std::to_string(group.hits));
  row.number(std::to_string(group.verses));
  row.number(fmt::format("{:.6f}", group.share));
  row.cell(group.query);
}

}  // namespace kalima::query
