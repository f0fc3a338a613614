// The corpus divided into sentences: those of the treebank if its rows fit the text, else verse by verse. A
// CoNLL-U sentence consists of whole words. Treebank sentences that share a word (observed in 41 places) are
// joined. Rows that do not follow the text (never in the Quranic Treebank) belong to no sentence and are
// passed on unchanged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "corpus/treebank.h"
#include "corpus/verse.h"

namespace kalima::exporters {

// A segment of the text; also a word without segments, and a verse without words. Indexes are 0-based.
struct Unit {
  std::size_t verse = 0, word = 0, segment = 0;
  bool has_word = true, has_segment = true;
  bool begins_word = true, ends_word = true;
};
std::vector<Unit> units_of(const std::vector<corpus::Verse>& verses);

struct TreebankRow {
  std::string cells;        // as stored in the database (store/cells.h)
  corpus::SyntaxNode node;  // node.sentence is empty if the row could not be read as a node
};

struct SentencePlan {
  struct Node {
    std::optional<std::size_t> unit;  // nullopt: hidden
    std::optional<std::size_t> row;   // nullopt in a sentence without treebank
  };
  std::vector<Node> nodes;               // in the order of the text
  std::vector<std::string> names;        // sentence_ids of the treebank sentences in it
  std::vector<std::size_t> rows_before;  // rows that belong to no sentence, before those of this one
  std::vector<std::size_t> rows_behind;  // the same after them; in the last sentence only
  bool from_treebank() const { return !names.empty(); }
};

// Every unit is in exactly one sentence; every row is in one sentence or in one of its lists. Both are in
// order.
std::vector<SentencePlan> plan_sentences(const std::vector<corpus::Verse>& verses,
                                         const std::vector<Unit>& units,
                                         const std::vector<TreebankRow>& rows);

}  // namespace kalima::exporters
