// Makes a core file of a corpus: a pure function of what it is given, so that the same corpus always gives the same
// file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "attributes/attribute.h"
#include "corpus/columns/input.h"
#include "corpus/treebank.h"

namespace kalima::columns {

// What was given and has no place in the file.
struct LeftOut {
  std::size_t rows = 0;   // of tables, of segments that the corpus lacks
  std::size_t nodes = 0;  // the same of the treebank; they are kept, as nodes that are not spoken
};

// One thread. Memory: some 60 bytes for each segment and node, and each distinct text once.
class Builder {
 public:
  // `identity` of the corpus, at most max_identity bytes.
  explicit Builder(std::string identity);
  ~Builder();

  // All verses in their order first, then the tables.
  void add(const Verse& verse);
  // The columns of the table that `source` supplies (treebank or masaq), and then its rows that are of segments.
  void set_columns(attributes::Source source, const std::vector<std::string>& columns);
  void add_cells(attributes::Source source, const corpus::SegmentPlace& segment,
                 const std::vector<std::string>& cells);
  // The nodes of a sentence of the treebank in their order; sentences in theirs.
  void add_sentence(std::span<const corpus::SyntaxNode> nodes);

  // Writes the file and has it on the disk. Nothing may be added after that.
  LeftOut write(const std::filesystem::path& path);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace kalima::columns
