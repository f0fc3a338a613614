// The corpus cut into sentences: the treebank's where its rows fit the text, else verse by verse.
//
// A CoNLL-U sentence holds whole words. Where the treebank begins a sentence within a word (observed in 41
// places), its sentences are taken together; where its rows do not follow the text (never in the Quranic
// Treebank) they belong to no sentence and are passed on as they are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "corpus/treebank.h"
#include "corpus/verse.h"

namespace kalima::exporters {

// A segment of the text; also a word without segments, and a verse without words. Places are 0-based.
struct Unit {
  std::size_t verse = 0, word = 0, segment = 0;
  bool has_word = true, has_segment = true;
  bool begins_word = true, ends_word = true;
};
std::vector<Unit> units_of(const std::vector<corpus::Verse>& verses);

struct TreebankRow {
  std::string cells;        // as the database keeps them (store/cells.h)
  corpus::SyntaxNode node;  // node.sentence is empty when the row could not be read as one
};

struct SentencePlan {
  struct Node {
    std::optional<std::size_t> unit;  // none: not spoken
    std::optional<std::size_t> row;   // none in a sentence without treebank
  };
  std::vector<Node> nodes;               // in the order of the text
  std::vector<std::string> names;        // sentence_ids of the treebank sentences in it
  std::vector<std::size_t> rows_before;  // rows that have no place, before those of this sentence
  std::vector<std::size_t> rows_behind;  // the same behind them; in the last sentence only
  bool from_treebank() const { return !names.empty(); }
};

// Every unit is in exactly one sentence, every row in one sentence or in one of the lists beside it; both in
// their order.
std::vector<SentencePlan> plan_sentences(const std::vector<corpus::Verse>& verses,
                                         const std::vector<Unit>& units,
                                         const std::vector<TreebankRow>& rows);

}  // namespace kalima::exporters
