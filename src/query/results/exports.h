// Lines and groups in the formats of other programs.
//
//   csv     RFC 4180, with a byte order mark, without which spreadsheet programs take the text for another encoding. A
//           cell that such a program would take for a formula gets an apostrophe before it
//   tsv     the same with tabs and no mark; white space in a cell is a space
//   jsonl   a JSON object in each line, as in the answers of /api/v1/query
//   conllu  each line as a sentence, with columns in MISC; its heads are not an analysis
//
// The first lines say what the query was: after "#" in all but jsonl, where they are an object too. A query of several lines
// is written there as it is read, on one line and without comments.
//
// Threads: one export is written by one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "query/query.h"
#include "query/results/grouping.h"
#include "query/results/keys.h"
#include "query/results/lines.h"

namespace kalima::query {

enum class Format : std::uint8_t { csv, tsv, jsonl, conllu };

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

class LineExport {
 public:
  LineExport(Format format, const Engine& engine, Shown shown)
      : format_(format), engine_(engine), shown_(std::move(shown)) {}

  void append_heading(std::string& out, const Heading& heading) const;
  void append(std::string& out, const Hit& hit);

 private:
  void append_cells(std::string& out, const Hit& hit) const;
  void append_sentence(std::string& out, const Hit& hit) const;

  Format format_;
  const Engine& engine_;
  Shown shown_;
};

// A row for each group: its values, hits, verses, share and query ("" for none). Not as conllu.
struct GroupRow {
  std::vector<std::string> values;  // "" for a missing one
  std::uint64_t hits = 0, verses = 0;
  double share = 0;
  std::string query;
};
void append_group_heading(std::string& out, Format format, const Heading& heading,
                          const std::vector<std::string>& keys);
void append_group(std::string& out, Format format, const std::vector<std::string>& keys, const GroupRow& row);

// A table of texts and numbers, in the same formats; in jsonl a row is an object with the columns as its members. Not as
// conllu.
struct TableCell {
  std::string text;  // "" for a missing one
  bool number = false;
};
void append_table_heading(std::string& out, Format format, const Heading& heading,
                          const std::vector<std::string>& columns);
void append_table_row(std::string& out, Format format, const std::vector<std::string>& columns,
                      const std::vector<TableCell>& cells);

}  // namespace kalima::query
