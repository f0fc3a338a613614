// What must hold within a sentence of CoNLL-U beyond the form of each line: the order of ids, heads that are
// there, one root and no cycle. Source: https://universaldependencies.org/format.html.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "conllu/format.h"

namespace kalima::conllu {

// The order of the ids of a sentence, line after line.
class IdOrder {
 public:
  // That the line's id may follow those before it. Throws Error(bad_input).
  void require_next(const Line& line);

 private:
  NodeId last_;                  // of a word or an empty node
  std::uint32_t range_end_ = 0;  // of the latest range
  bool after_range_ = false;     // the line before was a range
};

// The rules of a whole sentence: ranges end at words that are there and do not overlap, heads and enhanced
// heads are there, the basic tree has one root and no cycle (a sentence without any head is let through).
// Throws Error(bad_input).
void require_format(const Sentence& sentence);

// For each of a sentence's nodes the 0-based number of its head, or `no_head`. The nodes from which no way
// leads up to a node without head, that is those on a cycle and all below it.
inline constexpr std::size_t no_head = static_cast<std::size_t>(-1);
std::vector<bool> without_root(const std::vector<std::size_t>& heads);

}  // namespace kalima::conllu
