// A condition that needs no captures, tested where it is asked about: for a few places this takes less than the set of all
// places where it holds (tests.h).
//
// Threads: constant once made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "query/plan/condition.h"
#include "query/run/corpus.h"
#include "query/run/leaves.h"
#include "support/bits.h"

namespace kalima::query {

class PlaceTest {
 public:
  // `corpus` must outlive it.
  PlaceTest(const Corpus& corpus, const Condition& condition);

  bool position(std::uint32_t position) const { return holds(root_, position); }
  // By R4 of the language, as words_where().
  bool word(std::uint32_t word) const;

 private:
  struct Node {
    enum class Kind : std::uint8_t { always, never, both, either, analysis, position, stored, made };
    Kind kind = Kind::always;
    bool negated = false;
    std::vector<Node> parts;
    // analysis, position: those for which it holds.
    Bits bits;
    // stored: of words, in the core file; made: of words or positions, in an array of the corpus.
    Wanted wanted;
    attributes::Attribute attribute = {};
    const std::vector<std::uint32_t>* values = nullptr;
    bool of_words = false;
  };
  static Node node_of(const Corpus& corpus, const Condition& condition);
  bool holds(const Node& node, std::uint32_t position) const;
  std::uint32_t value(const Node& node, std::uint32_t position) const;

  const Corpus& corpus_;
  Node root_;
  bool one_is_enough_;  // segment of a word
};

// About how many words at most have the values that a condition asks for; all words where that is not known at once.
std::size_t max_words_of(const Corpus& corpus, const Condition& condition);

}  // namespace kalima::query
