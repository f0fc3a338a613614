// A query as a tree: what the parser reads and the printer writes. It knows names and values as they were typed;
// the plan resolves them.
//
// Places are bytes of the query's text, 0-based. Threads: values.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "query/syntax/complaint.h"

namespace kalima::query {

// A value of an incomplete type; never empty except after a move.
template <typename T>
class Box {
 public:
  Box(T value) : held_(std::make_unique<T>(std::move(value))) {}  // NOLINT: implicit
  Box(const Box& other) : held_(std::make_unique<T>(*other.held_)) {}
  Box(Box&&) noexcept = default;
  Box& operator=(const Box& other) { return *this = Box(other); }
  Box& operator=(Box&&) noexcept = default;
  const T& operator*() const { return *held_; }
  T& operator*() { return *held_; }
  const T* operator->() const { return held_.get(); }
  T* operator->() { return held_.get(); }

 private:
  std::unique_ptr<T> held_;
};

// --- values and tests ---

struct Value {
  enum class Kind : std::uint8_t {
    pattern,     // "...": a regular expression of the whole value
    literal,     // l"..."
    buckwalter,  // b"...": literal, in Buckwalter transliteration
    number,      // 12
    list,        // $name: a word list
    range,       // in[1,10]
  };
  Kind kind = Kind::pattern;
  std::string text;  // between the quotes, without the backslash before a quote; the name of a list
  bool any_case = false, any_marks = false;  // %c, %d
  std::int64_t low = 0, high = 0;            // of a range; a number has both
  Place place;
};

struct Operand;
struct FunctionCall {
  std::string name;
  std::vector<Operand> arguments;
};
// `attribute` with an optional label before the dot; a name without a dot may also be a label.
struct Name {
  std::string label, name;
};
struct Operand {
  std::variant<Name, Value, FunctionCall> what;
  Place place;
};

enum class Comparison : std::uint8_t {
  equal,        // =
  not_equal,    // !=
  same,         // ==: literal
  not_same,     // !==
  less,         // <
  less_equal,   // <=
  more,         // >
  more_equal,   // >=
  contains,     // of a value with parts: one of them
  lacks,        // not contains
  matches,      // every part
  not_matches,  // not matches
};

struct Test {
  enum class Kind : std::uint8_t { any, compare, alone, both, either, negated, implies };
  Kind kind = Kind::any;  // any: an empty bracket
  std::vector<Test> parts;
  // compare has both; alone the left one.
  std::optional<Operand> left, right;
  Comparison comparison = Comparison::equal;
  Place place;
};

// --- spans ---

struct Node;
inline constexpr std::uint32_t unbounded = std::numeric_limits<std::uint32_t>::max();
struct Count {
  std::uint32_t min = 1, max = 1;
};

struct WordTest {
  Test test;
  bool quoted = false;  // "x" instead of [word="x"]
};
struct SegmentTest {
  Test test;
};
struct AnyNode {};  // _
// @name: what a query finds that the caller has under this name.
struct NamedQuery {
  std::string name;
};

struct Tag {
  enum class Part : std::uint8_t { whole, start, end };
  std::string region;
  bool pattern = false;  // the region was quoted, and is a regular expression
  Part part = Part::whole;
  struct Attribute {
    std::string name;
    Comparison comparison;
    Value value;
    Place place;
  };
  std::vector<Attribute> attributes;
};
struct Look {
  bool ahead = true, negated = false;
  Box<Node> of;
};
// [: test :]: at the next word.
struct Here {
  Test test;
};
struct Meet {
  Box<Node> first, second;
  bool negated = false;
  // In words from the first part, or in one region.
  std::int32_t low = 0, high = 0;
  std::string region;
};
struct Union {
  Box<Node> first, second;
};
struct SpanCall {
  std::string name;
  std::vector<std::variant<Box<Node>, Value>> arguments;
  // by=lemma, n>=3, d:differ=1: after the arguments.
  struct Option {
    std::string label, name;
    Comparison comparison;
    Value value;
    Place place;
  };
  std::vector<Option> options;
};
struct Sequence {
  std::vector<Node> parts;
};
struct Both {
  std::vector<Node> parts;  // the same span
};
struct Either {
  std::vector<Node> parts;
};
struct Repeat {
  Box<Node> of;
  Count count;
};
struct Capture {
  std::string label;
  Box<Node> of;
};
// @: where edges leave a sequence.
struct Target {
  Box<Node> of;
};
// A single word or segment that `of` does not match.
struct Not {
  Box<Node> of;
};
// a within b, a containing b, a overlap b
struct Filter {
  enum class Kind : std::uint8_t { within, containing, overlap };
  Kind kind = Kind::within;
  bool negated = false;
  Box<Node> of, by;
};
// of within 3 verse: in so many successive regions; without a region in so many words.
struct Inside {
  Box<Node> of;
  std::uint32_t count = 1;
  std::string region;
  Place place;
};
// of :: test
struct Constrained {
  Box<Node> of;
  Test test;
};

struct Edge {
  std::string label;
  bool negated = false, optional = false;
  bool up = false, path = false;  // up: from the dependent to its head; path: any number of edges
  std::string type;               // a regular expression; empty for any
  Count length{1, unbounded};     // of a path
  std::optional<Box<Node>> to;
  Place place;
};
struct Tree {
  std::optional<Box<Node>> of;  // missing: ^-type-> to, the top of a sentence
  std::vector<Edge> edges;
};

struct Node {
  std::variant<WordTest, SegmentTest, AnyNode, NamedQuery, Tag, Look, Here, Meet, Union, SpanCall, Sequence,
               Both, Either, Repeat, Capture, Target, Not, Filter, Inside, Constrained, Tree>
      what;
  Place place;
};

enum class Reading : std::uint8_t { all, shortest, standard, longest };

struct Query {
  std::optional<Reading> reading;
  std::vector<std::pair<std::string, std::string>> settings;  // @name=value
  Node body;
  std::vector<std::string> notes;  // what a user of another system should know of how it was read
};

}  // namespace kalima::query
