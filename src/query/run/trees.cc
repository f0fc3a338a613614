// Trees as spans: those of their first nodes.
#include <algorithm>
#include <map>

#include "query/run/evaluation.h"
#include "query/run/tree_matching.h"

namespace kalima::query {
namespace {

using StartsByGroup = std::map<std::pair<std::uint32_t, ShapeId>, std::vector<std::uint32_t>>;

std::vector<Group> groups_of(StartsByGroup& found) {
  std::vector<Group> out;
  for (auto& [key, starts] : found) {
    std::ranges::sort(starts);
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
    out.push_back({key.first, key.second, Starts(std::move(starts))});
  }
  return out;
}

bool lies_in(const Fence& fence, const Whole& whole) {
  return std::ranges::all_of(fence.regions, [&](const auto& numbers) {
    return whole.hidden == 0 && (*numbers)[whole.begin] != 0 &&
           (*numbers)[whole.begin] == (*numbers)[whole.end - 1];
  });
}

}  // namespace

Spans Evaluation::tree(const PlanNode& node, const Fence& fence, bool partial) {
  const TreePattern pattern(*this, node, fence);
  TreeMatching matching(*this);
  StartsByGroup spoken, hidden;
  Shape shape;
  const auto nodes = static_cast<std::uint32_t>(corpus_.forest().size());
  for (std::uint32_t first = 0; first < nodes && !guard_.stop(); ++first) {
    matching.match(pattern, first, [&](const Whole& whole) {
      if (!lies_in(fence, whole)) return false;
      shape = matching.captures();
      for (Placed& placed : shape) {
        placed.begin -= static_cast<std::int32_t>(whole.begin);
        placed.end -= static_cast<std::int32_t>(whole.begin);
      }
      const std::size_t shapes_before = shapes_.size();
      const ShapeId id = shapes_.number_of(shape);
      const std::size_t fresh = (shapes_.size() - shapes_before) * (64 + shape.size() * sizeof(Placed));
      std::vector<std::uint32_t>& starts =
          whole.hidden != 0 ? hidden[{whole.hidden, id}] : spoken[{whole.end - whole.begin, id}];
      // One that differs in nothing that is captured.
      if (!starts.empty() && starts.back() == whole.begin) return false;
      starts.push_back(whole.begin);
      return !guard_.take(static_cast<std::ptrdiff_t>(fresh + sizeof(whole.begin)));
    });
  }
  if (guard_.cut() && !partial) throw Cut();
  Spans out;
  out.groups = groups_of(spoken);
  out.without_span = groups_of(hidden);
  return out;
}

}  // namespace kalima::query
