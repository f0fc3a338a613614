// Sequences, alternatives and repetitions as an automaton over places, run for all places at once: a thread is a state
// with the set of starts that have reached it after so many places.
//
// Threads: one object is used by one.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "query/run/evaluation.h"
#include "query/run/paged.h"
#include "query/run/place_test.h"
#include "query/run/reach.h"

namespace kalima::query {

inline constexpr std::size_t max_instructions = 20'000;

class Automaton {
 public:
  // Throws Error(too_large) for more instructions than max_instructions. `node` and `fence` must outlive it.
  // `constraint`, if any, holds for each span.
  Automaton(Evaluation& evaluation, const PlanNode& node, const Fence& fence,
            const Condition* constraint = nullptr);

  // Stops when the guard says so, with what was found so far. Those beyond the reach, if there is one, are left out.
  Spans run(const Reach* reach = nullptr);

 private:
  enum class Op : std::uint8_t {
    token,
    check,
    split,
    jump,
    open,
    close,
    enter,
    leave,
    part,
    look,
    require,
    accept
  };
  struct Instruction {
    Op op;
    std::uint32_t
        x = 0,
        y = 0;  // split, jump: where to; open, close: the slot; leave: the region; else the list below
  };
  // A word or segment.
  struct Token {
    std::uint32_t widths = 1;  // how many places it may take
    Condition where;           // without captures
    // Where it holds, by width from 1. What holds in many places is tested one by one while few are asked about; then,
    // when `untested` are used up, the sets are made.
    std::vector<std::shared_ptr<const Bits>> first;
    // After the first place: none that begins beyond the fence. Made when many starts ask for it.
    std::vector<std::shared_ptr<const Bits>> later;
    std::optional<PlaceTest> test;
    std::size_t untested = 0;
    bool made() const { return !first.empty(); }
    const Condition* condition = nullptr;  // when it needs captures
    bool word = true;
    bool any = false;  // has no condition at all
  };
  // A condition on the place itself, where a span begins there and further on.
  struct Check {
    std::shared_ptr<const Bits> first, later;
    const Condition* condition = nullptr;
  };
  struct Entered {
    attributes::Region region;
    Slot slot;
    std::shared_ptr<const RegionPlaces> places;
    Paged<std::uint32_t> longest;  // of places that were asked about: places->longest_from()
    bool always_left = true;       // a tag that closes it follows on every way
    std::uint32_t longest_from(std::uint32_t place);
  };
  // A repetition without end of any word or segment, as in `{}* </verse>`, and what comes after it: captures that are
  // opened, then a token or check that needs no captures.
  struct Gap {
    std::uint32_t next;                               // the token or check
    std::vector<Slot> opened;                         // in their order
    std::size_t places;                               // where it is satisfied
    std::map<ShapeId, Paged<std::uint32_t>> reached;  // of each start how far its gap was walked, by shape
  };
  struct Part {
    Spans spans;
    bool backward = false;  // of a look: it ends at the place, else it begins there
  };

  // program.cc
  void add(const PlanNode& node);
  void add_either(const PlanNode& node);
  void add_repeat(const PlanNode& node);
  std::uint32_t emit(Op op, std::uint32_t x = 0, std::uint32_t y = 0);
  std::uint32_t here() const { return static_cast<std::uint32_t>(program_.size()); }
  // What reads a node without parts of its own in the program.
  std::vector<Instruction> leaf(const PlanNode& node);
  Token token_of(const PlanNode& node) const;
  void make(Token& token) const;
  static Check made_check(Bits first, Bits later);
  Check check_of(const PlanNode& node) const;
  std::vector<Instruction> of_tag(const PlanNode& node);
  std::vector<Instruction> of_look(const PlanNode& node);
  Check look_check(const PlanNode& node, const Spans& spans) const;
  bool may_not_leave(std::uint32_t from, attributes::Region region) const;

  // gaps.cc
  void find_gaps();
  const Bits& satisfied(const Gap& gap);
  bool jump_gap(ShapeId shape, const Starts& starts, std::uint32_t offset, Gap& gap);
  std::uint32_t gap_end(ShapeId shape, std::uint32_t start, std::uint32_t from);

  // beginnings.cc
  Starts beginnings() const;
  std::optional<Starts> few_beginnings() const;

  // simulate.cc
  struct Key {
    std::uint32_t state;
    ShapeId shape;
    auto operator<=>(const Key&) const = default;
  };
  using Agenda = std::map<Key, Starts>;
  Bits ends_of_fence() const;
  Spans run_from(Starts starts);
  // Whether a span begins here; otherwise the place is the end of what was read, or is taken as such.
  bool begins_at(std::uint32_t offset) const { return offset == 0 && !at_ends_; }
  void step(const Key& key, Starts starts, std::uint32_t offset, Agenda& here);
  void go_on(Key key, Starts starts, std::uint32_t offset);
  void stay(Key key, Starts starts, Agenda& here);
  void read_token(const Key& key, const Starts& starts, std::uint32_t offset);
  // The starts where it is read, by width from 1.
  std::vector<Starts> read(Token& token, const Starts& starts, std::uint32_t offset);
  std::vector<Starts> tested(const Token& token, const Starts& starts, std::uint32_t offset) const;
  void leave_region(const Key& key, Starts starts, std::uint32_t offset, Agenda& here);
  void join_part(const Key& key, const Starts& starts, std::uint32_t offset, Agenda& here);
  Starts within_entered(const Key& key, Starts starts, std::uint32_t end);
  const Bits& later_of(Token& token, std::size_t width);

  Evaluation& evaluation_;
  const Fence& fence_;
  const Condition* constraint_;
  std::vector<Instruction> program_;
  std::vector<bool> loops_;            // states to which a later one leads back
  std::map<std::uint32_t, Gap> gaps_;  // by the state of the loop
  std::vector<Token> tokens_;
  std::vector<Check> checks_;
  std::vector<Entered> entered_;
  std::vector<Part> parts_;
  // What was made of a node, which may be repeated.
  std::map<const PlanNode*, std::vector<Instruction>> made_;
  std::vector<attributes::Region> closed_;
  const Reach* reach_ = nullptr;
  std::uint32_t max_words_ = nothing;
  bool unbounded_ = false, may_be_empty_ = false, at_ends_ = false;

  std::map<std::uint32_t, Agenda> pending_;
  Agenda seen_;  // of loops, at this offset
  Spans accepted_;
};

}  // namespace kalima::query
