#include "query/results/exports.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "support/json.h"

namespace kalima::query {
namespace {

using attributes::Attribute;

// Of lines as a table: all are texts.
std::vector<TableColumn> columns_of(const Shown& shown) {
  std::vector<TableColumn> out{{"start"}, {"end"}, {"before"}, {"match"}, {"after"}};
  for (const std::string& label : shown.labels) out.push_back({label});
  for (const Attribute attribute : shown.columns) {
    for (const std::string_view part : {"before", "match", "after"})
      out.push_back({fmt::format("{}.{}", part, attributes::definition(attribute).name)});
  }
  return out;
}

std::vector<TableColumn> columns_of(const std::vector<std::string>& keys) {
  std::vector<TableColumn> out;
  for (const std::string& key : keys) out.push_back({key});
  out.insert(
      out.end(),
      {{"hits", ColumnType::whole}, {"verses", ColumnType::whole}, {"share", ColumnType::number}, {"query"}});
  return out;
}

}  // namespace

LineExport::LineExport(Format format, const Engine& engine, Shown shown)
    : format_(format), engine_(engine), shown_(std::move(shown)), table_(format, columns_of(shown_)) {}

void LineExport::append_heading(std::string& out, const Heading& heading) const {
  if (format_ == Format::conllu) return append_comments(out, format_, heading);
  table_.append_heading(out, heading);
}

void LineExport::append(std::string& out, const Hit& hit) {
  if (format_ == Format::conllu) return append_sentence(out, hit);
  if (format_ != Format::jsonl) return table_.append_row(out, cells_of(hit));
  write_json(out, engine_, hit, shown_);
  out += '\n';
}

std::vector<TableCell> LineExport::cells_of(const Hit& hit) const {
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
  std::vector<TableCell> out{place_name(engine_, hit.first()), place_name(engine_, hit.last()),
                             words(line.from, line.match.begin), words(line.match.begin, line.match.end),
                             words(line.match.end, line.to)};
  for (std::uint32_t label = 0; label < shown_.labels.size(); ++label) {
    const auto captured = std::ranges::find(hit.captures, label, &Captured::label);
    if (captured == hit.captures.end()) {
      out.emplace_back();
    } else if (captured->hidden) {
      out.emplace_back("(hidden)");
    } else {
      out.emplace_back(text_of_span(corpus, captured->begin, captured->end));
    }
  }
  for (const Attribute attribute : shown_.columns) {
    out.emplace_back(values(attribute, line.from, line.match.begin));
    out.emplace_back(values(attribute, line.match.begin, line.match.end));
    out.emplace_back(values(attribute, line.match.end, line.to));
  }
  return out;
}

GroupExport::GroupExport(Format format, std::vector<std::string> keys)
    : format_(format), keys_(std::move(keys)), table_(format, columns_of(keys_)) {}

void GroupExport::append(std::string& out, const GroupRow& group) {
  if (format_ == Format::jsonl) return append_object(out, group);
  std::vector<TableCell> cells;
  for (const std::string& value : group.values) cells.push_back(cell_or_missing(value));
  cells.insert(cells.end(), {group.hits, group.verses, group.share, cell_or_missing(group.query)});
  table_.append_row(out, cells);
}

void GroupExport::append_object(std::string& out, const GroupRow& group) const {
  out += "{\"values\":{";
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    if (i > 0) out += ',';
    json::write_string(keys_[i], out);
    out += ':';
    append_json(out, cell_or_missing(group.values[i]));
  }
  fmt::format_to(std::back_inserter(out), R"(}},"hits":{},"verses":{},"share":{},"query":)", group.hits,
                 group.verses, digits_of(group.share));
  append_json(out, cell_or_missing(group.query));
  out += "}\n";
}

}  // namespace kalima::query
