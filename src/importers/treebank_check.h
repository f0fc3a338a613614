// Checks an imported treebank. Rows must be nodes (corpus/treebank.h) with heads in the node's own sentence
// and locations that are in the corpus, each once. Known flaws of the Quranic Treebank are counted, not
// refused.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "corpus/treebank.h"
#include "importers/segment_set.h"
#include "importers/source.h"
#include "importers/verse_index.h"

namespace kalima::importers {

class TreebankCheck {
 public:
  // `file` and `verses` must outlive the check. `columns` has all of SyntaxReader::required_columns().
  TreebankCheck(const Source& file, const VerseIndex& verses, const std::vector<std::string>& columns)
      : file_(file), verses_(verses), reader_(columns) {}

  // The next row, which begins at the 1-based `line`. Throws Error(bad_input) with file and line; for a
  // missing head, when its sentence ends.
  void add(std::size_t line, std::int64_t verse, const std::vector<std::string>& cells);
  // After the last row.
  void finish();
  // One for each kind of flaw: "KIND: COUNT, the first at FILE:LINE".
  std::vector<std::string> warnings() const;

 private:
  struct Oddity {
    std::size_t count = 0, first_line = 0;
    void at(std::size_t line) {
      if (count++ == 0) first_line = line;
    }
  };
  void check_place(std::size_t line, std::int64_t verse, const corpus::SyntaxNode& node);
  void end_sentence();

  const Source& file_;
  const VerseIndex& verses_;
  corpus::SyntaxReader reader_;
  std::vector<corpus::SyntaxNode> sentence_;
  std::vector<std::size_t> lines_;  // of the sentence's nodes
  SegmentSet seen_;
  Oddity self_, cycles_, without_segments_;
};

}  // namespace kalima::importers
