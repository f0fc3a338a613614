// Where one phrase is in the texts. Words of a phrase follow each other, also from one verse to the next of its surah.
//
// A typed word may be one word of the text, two typed words may be one of the text, or one typed word two. For each
// place where a phrase may begin, the strictest way to read the text as the phrase counts.
//
// Units: pieces are numbers in the file of words, verses 0-based numbers. Threads: an object belongs to one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "corpus/columns/core_file.h"
#include "search/text_query.h"
#include "search/word_file.h"
#include "search/word_match.h"
#include "support/bits.h"
#include "text/steps.h"

namespace kalima::search {

// Steps that a search may use.
class StepSet {
 public:
  constexpr StepSet() = default;
  static constexpr StepSet up_to(text::Step loosest) {
    StepSet out;
    out.bits_ = (2u << static_cast<unsigned>(loosest)) - 1;
    return out;
  }
  constexpr StepSet with(text::Step step) const {
    StepSet out = *this;
    out.bits_ |= 1u << static_cast<unsigned>(step);
    return out;
  }
  constexpr bool has(text::Step step) const { return (bits_ >> static_cast<unsigned>(step) & 1u) != 0; }

 private:
  std::uint32_t bits_ = 0;
};

// A word of a text that matches: a piece from `begin` on, which is after its proclitics.
struct PathWord {
  std::uint32_t piece, begin;
  text::Step step;
};

struct Path {
  text::Step step;              // the loosest of its words, or of how they were joined or split
  std::vector<PathWord> words;  // at least one
};

// Moves to the next piece that is a word, from one verse to the next; false at the end of the surah.
bool next_word(const columns::CoreFile& core, const WordFile& file, std::uint32_t& verse,
               std::uint32_t& piece);

class PhraseSearch {
 public:
  // All outlive the object.
  PhraseSearch(const columns::CoreFile& core, const WordFile& file, const Phrase& phrase,
               Proclitics proclitics, const Expired& expired)
      : core_(core), file_(file), phrase_(phrase), proclitics_(proclitics), expired_(expired) {}

  // Which steps are used from now on; for quoted words none but `exact`. The words in `near` are also found by what is near
  // them (one for each word of the phrase, or empty).
  void use(StepSet steps, std::vector<Matches> near = {});

  // Whether the phrase may begin with a word of this entry.
  bool may_begin(std::uint32_t entry) const { return starts_[entry] != 0; }
  bool may_begin_at_all() const { return begins_with_any_ || !starts_with_.empty(); }
  // The pieces that are words with which it may begin, and perhaps others.
  Bits begins() const;
  // The strictest way to read the phrase from this piece of the verse on. Only valid until the next call.
  const Path* from(std::uint32_t verse, std::uint32_t piece);
  // How many words of the phrase, from its first on, the text has from this piece of the verse on.
  std::size_t words_from(std::uint32_t verse, std::uint32_t piece);

  // Whether a word of the phrase is in the texts at the steps that are used: alone, or together with its neighbours.
  bool occurs(std::size_t word);

 private:
  struct Join {
    std::size_t taken;  // words of the phrase
    text::Step step;    // at least
    Matches matches;
  };
  struct Split {
    text::Step step;
    Matches left, right;
  };
  struct Ways {  // of a word of the phrase and those after it
    bool made = false;
    Matches alone;
    std::vector<Join> joins;
    std::vector<Split> splits;
  };
  // Reached: the words before were read up to `at`.
  struct State {
    std::uint32_t verse, at;
    text::Step step;
    std::uint32_t from;  // the state before, in the list of `taken` words before
    std::uint8_t taken, pieces;
    std::array<PathWord, 2> words;
  };

  const Ways& ways(std::size_t word);
  // Whether its two words are next to each other anywhere.
  bool is_in_texts(const Split& split) const;
  // The words that match whatever their form is, or nullptr.
  const WordSet* also(std::size_t word) const;
  Matches alone(std::size_t word);
  void add_joins(std::size_t word, Ways& out);
  void add_splits(std::size_t word, Ways& out);
  bool proclitics_of(std::size_t word) const;
  void expand(std::size_t word, std::uint32_t index);
  void reach(std::size_t word, const State& state);

  const columns::CoreFile& core_;
  const WordFile& file_;
  const Phrase& phrase_;
  const Proclitics proclitics_;
  const Expired& expired_;
  StepSet steps_;
  std::vector<Matches> near_;
  std::vector<Ways> ways_;
  std::vector<std::uint8_t> starts_;        // by entry
  std::vector<std::uint32_t> starts_with_;  // entries; some twice
  bool begins_with_any_ = false;
  std::vector<std::vector<State>> reached_;  // by the number of words read
  std::size_t furthest_ = 0;                 // the most words read
  Path path_;
};

}  // namespace kalima::search
