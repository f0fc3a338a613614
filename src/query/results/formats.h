// The one table of the formats in which other programs get lines, groups and statistics.
//
//   csv     RFC 4180, with a byte order mark, without which spreadsheet programs take the text for another encoding. A
//           cell that such a program would take for a formula gets an apostrophe before it
//   tsv     the same with tabs and no mark; white space in a cell is a space
//   jsonl   a JSON object in each line, as in the answers of /api/v1/query
//   arrow   a stream of Apache Arrow (arrow/stream.h): the columns of csv, each with its type
//   conllu  each line as a sentence, with columns in MISC; its heads are not an analysis. Only of lines
//
// The first lines say what the query was: after "#" in csv, tsv and conllu; as an object in jsonl; in the metadata of the schema
// in arrow. A query of several lines is written after "#" as it is read, on one line and without comments.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace kalima::query {

enum class Format : std::uint8_t { csv, tsv, jsonl, arrow, conllu };

struct FormatRow {
  std::string_view name, suffix, media_type;
};
// In the order of Format.
inline constexpr FormatRow formats[] = {
    {"csv", "csv", "text/csv; charset=utf-8; header=present"},
    {"tsv", "tsv", "text/tab-separated-values; charset=utf-8"},
    {"jsonl", "jsonl", "application/x-ndjson"},
    {"arrow", "arrows", "application/vnd.apache.arrow.stream"},
    {"conllu", "conllu", "text/plain; charset=utf-8"},
};
inline constexpr std::size_t line_formats = std::size(formats);
inline constexpr std::size_t table_formats = line_formats - 1;  // without conllu

constexpr const FormatRow& row_of(Format format) { return formats[static_cast<std::size_t>(format)]; }

// The names of the first of them, after the one for people.
template <std::size_t count>
constexpr std::array<std::string_view, count + 1> format_names_after(std::string_view first) {
  std::array<std::string_view, count + 1> out{first};
  for (std::size_t i = 0; i < count; ++i) out[i + 1] = formats[i].name;
  return out;
}
// What is at a place of these names, which is not the first.
constexpr Format format_at(std::size_t place) { return static_cast<Format>(place - 1); }

template <std::size_t count>
constexpr std::array<std::string_view, count> media_types() {
  std::array<std::string_view, count> out;
  for (std::size_t i = 0; i < count; ++i) out[i] = formats[i].media_type;
  return out;
}

}  // namespace kalima::query
