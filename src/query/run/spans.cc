#include "query/run/spans.h"

#include <algorithm>

namespace kalima::query {

std::size_t Shapes::Hash::operator()(const Shape& shape) const {
  std::size_t out = shape.size();
  for (const Placed& placed : shape) {
    for (const std::uint32_t part : {placed.slot, static_cast<std::uint32_t>(placed.begin),
                                     static_cast<std::uint32_t>(placed.end), placed.hidden})
      out = (out ^ part) * 0x9E3779B97F4A7C15 + (out >> 29);
  }
  return out;
}

ShapeId Shapes::number_of(const Shape& shape) {
  const auto [it, added] = ids_.try_emplace(shape, static_cast<ShapeId>(shapes_.size()));
  if (added) shapes_.push_back(&it->first);
  return it->second;
}

const Placed* find(const Shape& shape, Slot slot) {
  const auto found = std::ranges::lower_bound(shape, slot, {}, &Placed::slot);
  return found != shape.end() && found->slot == slot ? &*found : nullptr;
}

namespace {

Shape with(Shape shape, const Placed& placed) {
  const auto at = std::ranges::lower_bound(shape, placed.slot, {}, &Placed::slot);
  if (at != shape.end() && at->slot == placed.slot) {
    *at = placed;
  } else {
    shape.insert(at, placed);
  }
  return shape;
}

}  // namespace

ShapeId Shapes::opened(ShapeId id, Slot slot, std::int32_t at) {
  return number_of(with((*this)[id], {slot, at, open_end}));
}

ShapeId Shapes::closed(ShapeId id, Slot slot, std::int32_t at) {
  const Placed* const placed = find((*this)[id], slot);
  // What matched nothing was not captured.
  if (placed->begin == at) return without(id, slot);
  return number_of(with((*this)[id], {slot, placed->begin, at}));
}

ShapeId Shapes::without(ShapeId id, Slot slot) {
  Shape shape = (*this)[id];
  std::erase_if(shape, [slot](const Placed& placed) { return placed.slot == slot; });
  return number_of(shape);
}

ShapeId Shapes::joined(ShapeId id, ShapeId other, std::int32_t by) {
  if (other == 0) return id;
  Shape shape = (*this)[id];
  for (Placed placed : (*this)[other]) {
    placed.begin += by;
    placed.end += by;
    shape = with(std::move(shape), placed);
  }
  return number_of(shape);
}

void Spans::add_to(std::vector<Group>& groups, std::uint32_t length, ShapeId shape, Starts starts) {
  if (starts.empty()) return;
  const auto key = [](const Group& group) { return std::pair(group.length, group.shape); };
  const auto at = std::ranges::lower_bound(groups, std::pair(length, shape), {}, key);
  if (at != groups.end() && key(*at) == std::pair(length, shape)) {
    at->starts.add(std::move(starts));
  } else {
    groups.insert(at, {length, shape, std::move(starts)});
  }
}

Spans spans_of(std::vector<std::pair<std::uint32_t, std::uint32_t>> by_length) {
  std::ranges::sort(by_length);
  by_length.erase(std::unique(by_length.begin(), by_length.end()), by_length.end());
  Spans out;
  for (std::size_t i = 0; i < by_length.size();) {
    std::vector<std::uint32_t> starts;
    const std::uint32_t length = by_length[i].first;
    for (; i < by_length.size() && by_length[i].first == length; ++i) starts.push_back(by_length[i].second);
    out.groups.push_back({length, 0, Starts(std::move(starts))});
  }
  return out;
}

bool Spans::has_captures() const {
  return std::ranges::any_of(groups, [](const Group& group) { return group.shape != 0; });
}

std::size_t Spans::bytes() const {
  std::size_t out = 0;
  for (const auto* list : {&groups, &without_span, &at_ends}) {
    for (const Group& group : *list) out += sizeof(Group) + group.starts.bytes();
  }
  return out;
}

}  // namespace kalima::query
