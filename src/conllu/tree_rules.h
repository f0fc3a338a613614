// What must hold in a sentence of CoNLL-U beyond the form of each line: the order of ids, existing heads, one
// root and no cycle. Source: https://universaldependencies.org/format.html.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "conllu/format.h"

namespace kalima::conllu {

// Checks the order of the ids of a sentence, line by line.
class IdOrder {
 public:
  // Checks that the line's id may follow the previous ones. Throws Error(bad_input).
  void require_next(const Line& line);

 private:
  NodeId last_;                  // of a word or an empty node
  std::uint32_t range_end_ = 0;  // of the latest range
  bool after_range_ = false;     // the line before was a range
};

// The rules of a whole sentence: ranges end at existing words and do not overlap, heads and enhanced heads
// exist, the basic tree has one root and no cycle (a sentence without any head is accepted). Throws
// Error(bad_input).
void require_format(const Sentence& sentence);

// For each of a sentence's nodes the 0-based number of its head, or `no_head`. The nodes from which no path
// leads up to a node without a head: those on a cycle and all below it.
inline constexpr std::size_t no_head = static_cast<std::size_t>(-1);
std::vector<bool> without_root(const std::vector<std::size_t>& heads);

}  // namespace kalima::conllu
