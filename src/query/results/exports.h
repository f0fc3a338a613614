// Lines and groups in the formats of other programs (formats.h).
//
// Threads: one export is written by one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "query/query.h"
#include "query/results/formats.h"
#include "query/results/lines.h"
#include "query/results/tables.h"

namespace kalima::query {

class LineExport {
 public:
  LineExport(Format format, const Engine& engine, Shown shown);

  void append_heading(std::string& out, const Heading& heading) const;
  void append(std::string& out, const Hit& hit);
  void append_end(std::string& out) { table_.append_end(out); }

 private:
  std::vector<TableCell> cells_of(const Hit& hit) const;
  void append_sentence(std::string& out, const Hit& hit) const;

  Format format_;
  const Engine& engine_;
  Shown shown_;
  TableExport table_;  // of the formats that are tables
};

// A row for each group: its values, hits, verses, share and query ("" for none). Not as conllu.
struct GroupRow {
  std::vector<std::string> values;  // "" for a missing one
  std::uint64_t hits = 0, verses = 0;
  double share = 0;
  std::string query;
};
class GroupExport {
 public:
  GroupExport(Format format, std::vector<std::string> keys);

  void append_heading(std::string& out, const Heading& heading) const { table_.append_heading(out, heading); }
  void append(std::string& out, const GroupRow& group);
  void append_end(std::string& out) { table_.append_end(out); }

 private:
  void append_object(std::string& out, const GroupRow& group) const;

  Format format_;
  std::vector<std::string> keys_;
  TableExport table_;
};

}  // namespace kalima::query
