// The lines `tree` and `more` of the starter corpus: the syntax of its sentences, described in data/starter/README.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/treebank.h"
#include "corpus/verse.h"

namespace kalima::importers {

// Reads the lines of one surah in their order. Throws Error(bad_input) that says what is wrong and what was expected; the
// caller knows file and line. Threads: one.
class StarterTrees {
 public:
  // The items of a line `tree`, which begins a sentence, or `more`, which goes on with it. `verse` has all of its words.
  void read(bool begins, std::string_view items, const corpus::Verse& verse);
  // After the last word of a verse: either no word of it is in a tree, or all are.
  void end_verse(const corpus::Verse& verse);
  // The sentences. The `sentence` of their nodes is still empty.
  std::vector<std::vector<corpus::SyntaxNode>> finish();

 private:
  struct Node {
    corpus::SyntaxNode syntax;
    std::string head;  // as it is written; empty for the node before
    bool stem = false;
  };
  void read_hidden(std::string_view token, const corpus::Verse& verse);
  void read_word(std::string_view token, const corpus::Verse& verse);
  void add(corpus::SyntaxNode node, std::string head, bool stem);

  std::vector<std::vector<Node>> sentences_;
  std::size_t words_ = 0;  // of the verse that have been read
};

}  // namespace kalima::importers
