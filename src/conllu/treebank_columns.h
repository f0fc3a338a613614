// The treebank's 51 columns in a CoNLL-U file, without writing all of them.
//
// Most columns repeat others in another form: letters in Buckwalter, names in Arabic, parts of the features,
// the form of the head. For each there is a rule that says what its cell should be; a cell that differs from
// its rule becomes an attribute of the last column, any other is left out. Writer and reader apply the same
// rules, so the rows come back exactly whatever the rules are. The rules were found by comparing the
// treebank's columns with each other. Columns that are not among the known 51 are kept too: their rule is
// "_", and their attribute's name begins with "tb.".
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "conllu/format.h"
#include "corpus/treebank.h"

namespace kalima::conllu {

// The names of the 51 columns in the order of the treebank's file.
std::span<const std::string_view> treebank_column_names();

// What the line of a node says in addition to the cells.
struct RowFacts {
  std::optional<corpus::SegmentPlace> place;  // nullopt for an empty node
  std::string form, xpos, deprel;
  std::optional<std::string> features;  // the segment's
  std::optional<std::size_t> head;      // the index of the head's row in the sentence
};
// The places of words, by their number in the sentence, where their lines do not say all of it.
using Places = std::map<std::uint32_t, corpus::SegmentPlace>;
// Where a sentence comes from: made here, with the treebank's edges in its graph, or read from a file, which says by
// its attributes whether it was.
enum class Origin : std::uint8_t { here, file };
// The facts of a sentence's words and empty nodes, in their order. Throws Error(bad_input) when a place or an
// escape cannot be read.
std::vector<RowFacts> facts_of(const Sentence& sentence, Origin origin, const Places& places = {});

struct SentenceRows {
  std::vector<RowFacts> facts;
  std::vector<std::vector<std::string>> cells;  // one row for each of the facts
  std::vector<std::string> before;  // the last row of the previous sentence; empty if there is none
};

struct ColumnRule;

class TreebankColumns {
 public:
  explicit TreebankColumns(std::vector<std::string> columns);

  const std::vector<std::string>& names() const { return columns_; }

  // Adds to the line of each word and empty node those cells of its row that differ from the rules.
  // `rows.cells` is complete.
  void add_attributes(const SentenceRows& rows, Sentence& sentence) const;
  // Fills `rows.cells` from the attributes and the rules. Throws Error(bad_input) for an escape that cannot be
  // read.
  void fill_cells(const Sentence& sentence, SentenceRows& rows) const;

  // The index of a column that has a rule, if the table has it.
  std::optional<std::size_t> place(std::string_view name) const;

 private:
  struct Step {
    std::size_t column;
    const ColumnRule* rule;  // nullptr for a column without a rule
    std::string attribute;
    bool always;  // written even if it follows the rule
  };
  // Calls visit(row, step, expected) in the order in which cells can be known; expected() applies the rule.
  template <typename Visit>
  void each_cell(const SentenceRows& rows, Visit visit) const;

  std::vector<std::string> columns_;
  // In an order in which every rule finds the cells that it needs. Those of the second phase look at other
  // rows of the sentence.
  std::vector<Step> first_, second_;
  std::map<std::string, std::size_t, std::less<>> places_;  // of the columns that have a rule
};

}  // namespace kalima::conllu
