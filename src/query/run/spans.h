// What a part of a query found, as sets: for each length and each way in which captures lie relative to the start, the
// places where such a span begins. A set is never a list of hits, so that counting, filtering and joining take the same
// time for one start or for 64.
//
// Lengths and offsets are in places of the axis. Threads: one query is run by one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "query/plan/condition.h"
#include "query/run/starts.h"

namespace kalima::query {

// Where captures are, from the start of the span: ascending by slot.
struct Placed {
  Slot slot;
  std::int32_t begin, end;  // end == open_end while it is being captured
  // Of a node that is not spoken: the number, from 1, among the hidden nodes at `begin`, which is `end` too.
  std::uint32_t hidden = 0;
  bool operator==(const Placed&) const = default;
  auto operator<=>(const Placed&) const = default;
};
inline constexpr std::int32_t open_end = INT32_MIN;
using Shape = std::vector<Placed>;
using ShapeId = std::uint32_t;

// Gives each shape a number; 0 is that without captures.
class Shapes {
 public:
  Shapes() { number_of({}); }
  ShapeId number_of(const Shape& shape);
  const Shape& operator[](ShapeId id) const { return *shapes_[id]; }
  std::size_t size() const { return shapes_.size(); }

  ShapeId opened(ShapeId id, Slot slot, std::int32_t at);
  ShapeId closed(ShapeId id, Slot slot, std::int32_t at);
  ShapeId without(ShapeId id, Slot slot);
  // `other` begins `by` places later; where both have a capture, that of `other` stays.
  ShapeId joined(ShapeId id, ShapeId other, std::int32_t by);

 private:
  struct Hash {
    std::size_t operator()(const Shape& shape) const;
  };
  std::unordered_map<Shape, ShapeId, Hash> ids_;
  std::vector<const Shape*> shapes_;
};
const Placed* find(const Shape& shape, Slot slot);

struct Group {
  std::uint32_t length;
  ShapeId shape;
  Starts starts;
};
// Ordered by length, then shape; each pair once.
struct Spans {
  std::vector<Group> groups;
  // Trees whose first node is not spoken; `length` is its Placed::hidden. Only the whole query counts them.
  std::vector<Group> without_span;
  // Empty ones at the end of a surah, where the next one begins. Those in `groups` are at its beginning.
  std::vector<Group> at_ends;

  // Adds them to the group of that length and shape.
  void add(std::uint32_t length, ShapeId shape, Starts starts) {
    add_to(groups, length, shape, std::move(starts));
  }
  void add_at_end(ShapeId shape, Starts starts) { add_to(at_ends, 0, shape, std::move(starts)); }
  bool has_captures() const;
  std::size_t bytes() const;

 private:
  static void add_to(std::vector<Group>& groups, std::uint32_t length, ShapeId shape, Starts starts);
};

// Those without captures, of pairs of length and start in any order.
Spans spans_of(std::vector<std::pair<std::uint32_t, std::uint32_t>> by_length);

}  // namespace kalima::query
