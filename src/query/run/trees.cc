// Trees as spans: those of their first nodes, of what they cover, and of the phrases of nodes.
#include <algorithm>
#include <optional>
#include <utility>

#include "query/run/evaluation.h"
#include "query/run/tree_matching.h"

namespace kalima::query {
namespace {

// Hits as they are found, in segment positions; those of one span and shape once.
class FoundSpans {
 public:
  FoundSpans(Shapes& shapes, Guard& guard) : shapes_(shapes), guard_(guard) {}

  // `captures` are placed from the beginning of the corpus. Returns whether there is room for more.
  bool add(const Whole& whole, const Shape& captures) {
    shape_ = captures;
    for (Placed& placed : shape_) {
      placed.begin -= static_cast<std::int32_t>(whole.begin);
      placed.end -= static_cast<std::int32_t>(whole.begin);
    }
    const std::size_t before = shapes_.size();
    const ShapeId id = shapes_.number_of(shape_);
    const std::size_t fresh = (shapes_.size() - before) * (64 + shape_.size() * sizeof(Placed));
    std::vector<std::uint32_t>& starts = whole.hidden != 0 ? starts_of(hidden_, id, whole.hidden)
                                                           : starts_of(spoken_, id, whole.end - whole.begin);
    // One that differs in nothing that is captured.
    if (!starts.empty() && starts.back() == whole.begin) return true;
    starts.push_back(whole.begin);
    return guard_.take(static_cast<std::ptrdiff_t>(fresh + sizeof(whole.begin)));
  }

  Spans spans() {
    Spans out;
    out.groups = groups_of(spoken_);
    out.without_span = groups_of(hidden_);
    return out;
  }

 private:
  // Of a shape, which is a small number, few lengths occur.
  struct OfLength {
    std::uint32_t length;
    std::vector<std::uint32_t> starts;
  };
  using StartsByShape = std::vector<std::vector<OfLength>>;

  static std::vector<std::uint32_t>& starts_of(StartsByShape& found, ShapeId shape, std::uint32_t length) {
    if (shape >= found.size()) found.resize(shape + std::size_t{1});
    std::vector<OfLength>& of = found[shape];
    const auto at = std::ranges::lower_bound(of, length, {}, &OfLength::length);
    return at != of.end() && at->length == length ? at->starts : of.insert(at, {length, {}})->starts;
  }
  static std::vector<Group> groups_of(StartsByShape& found) {
    std::vector<Group> out;
    for (ShapeId shape = 0; shape < found.size(); ++shape) {
      for (auto& [length, starts] : found[shape]) {
        if (!std::ranges::is_sorted(starts)) std::ranges::sort(starts);
        starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
        out.push_back({length, shape, Starts(std::move(starts))});
      }
    }
    std::ranges::sort(out, [](const Group& a, const Group& b) {
      return a.length != b.length ? a.length < b.length : a.shape < b.shape;
    });
    return out;
  }

  Shapes& shapes_;
  Guard& guard_;
  Shape shape_;
  StartsByShape spoken_, hidden_;
};

bool lies_in(const Fence& fence, const Whole& whole) {
  return fence.regions.empty() || (whole.hidden == 0 && fence.holds(whole.begin, whole.end));
}

// The positions of nodes, from the first to the last one that is spoken; empty for none.
columns::Range spoken_of(const Forest& forest, const columns::Range& nodes) {
  columns::Range out{forest.position_begin.size(), 0};
  for (std::size_t node = nodes.begin; node < nodes.end; ++node) {
    if (!forest.spoken[node]) continue;
    const std::size_t position = forest.position[node];
    out.begin = std::min(out.begin, position);
    out.end = std::max(out.end, position + 1);
  }
  return out.end == 0 ? columns::Range{} : out;
}

// From the first to the last node that is spoken; the first node where none is; nullopt for no node at all.
std::optional<Whole> covered(const PlanNode& node, const Whole& first, const Shape& captures) {
  std::optional<Whole> spoken, hidden;
  const auto widen = [&](const Whole& by) {
    if (by.hidden != 0) {
      if (!hidden) hidden = by;
    } else if (!spoken) {
      spoken = by;
    } else {
      spoken = Whole{std::min(spoken->begin, by.begin), std::max(spoken->end, by.end)};
    }
  };
  if (node.with_first) widen(first);
  for (const Slot slot : node.covered) {
    const Placed* const placed = find(captures, slot);
    if (placed == nullptr) continue;
    widen(
        {static_cast<std::uint32_t>(placed->begin), static_cast<std::uint32_t>(placed->end), placed->hidden});
  }
  return spoken ? spoken : hidden;
}

}  // namespace

Spans Evaluation::tree(const PlanNode& node, const Fence& fence, bool partial) {
  const TreePattern pattern(*this, node, fence);
  TreeMatching matching(*this);
  FoundSpans found(shapes_, guard_);
  const auto match = [&](std::size_t first) {
    if (guard_.stop()) return;
    matching.match(pattern, static_cast<std::uint32_t>(first), [&](const Whole& whole) {
      return lies_in(fence, whole) && !found.add(whole, matching.captures());
    });
  };
  if (const Bits* const first_nodes = pattern.first_nodes()) {
    first_nodes->each(match);
  } else {
    for (std::size_t first = 0; first < corpus_.forest().size(); ++first) match(first);
  }
  if (guard_.cut() && !partial) throw Cut();
  return found.spans();
}

Spans Evaluation::phrases(const PlanNode& node, const Fence& fence, bool partial) {
  const TreePattern pattern(*this, node.parts.front(), surahs());
  TreeMatching matching(*this);
  FoundSpans found(shapes_, guard_);
  const columns::Trees& trees = corpus_.core().trees();
  const auto match = [&](std::size_t phrase) {
    if (guard_.stop()) return;
    const columns::Range spoken = spoken_of(corpus_.forest(), trees.phrase(phrase));
    // One of hidden nodes only.
    if (spoken.size() == 0) return;
    const Whole whole{static_cast<std::uint32_t>(spoken.begin), static_cast<std::uint32_t>(spoken.end)};
    if (!lies_in(fence, whole)) return;
    matching.match(pattern, trees.phrase_node(phrase),
                   [&](const Whole&) { return !found.add(whole, matching.captures()); });
  };
  if (const Bits* const first_nodes = pattern.first_nodes()) {
    first_nodes->each([&](std::size_t node) {
      for (const auto& [of, phrase] : corpus_.forest().phrases_of(static_cast<std::uint32_t>(node)))
        match(phrase);
    });
  } else {
    for (std::size_t phrase = 0; phrase < trees.phrases(); ++phrase) match(phrase);
  }
  if (guard_.cut() && !partial) throw Cut();
  return found.spans();
}

Spans Evaluation::cover(const PlanNode& node, const Fence& fence, bool partial) {
  const Spans of = spans(node.parts.front(), surahs(), partial);
  FoundSpans found(shapes_, guard_);
  const auto surah_of = [&](std::uint32_t position) {
    return corpus_.core().surah(corpus_.verse_of[corpus_.word_of[position]]);
  };
  const auto add = [&](const Whole& first, Shape captures) {
    for (Placed& placed : captures) {
      placed.begin += static_cast<std::int32_t>(first.begin);
      placed.end += static_cast<std::int32_t>(first.begin);
    }
    const std::optional<Whole> whole = covered(node, first, captures);
    if (!whole || !lies_in(fence, *whole)) return;
    if (whole->hidden == 0 && surah_of(whole->begin) != surah_of(whole->end - 1)) return;
    std::erase_if(captures, [&](const Placed& placed) {
      return std::ranges::find(node.covered, placed.slot) != node.covered.end();
    });
    found.add(*whole, captures);
  };
  for (const auto* list : {&of.groups, &of.without_span}) {
    for (const Group& group : *list) {
      const std::uint32_t hidden = list == &of.without_span ? group.length : 0;
      const std::uint32_t length = hidden != 0 ? 0 : group.length;
      group.starts.each([&](std::uint32_t start) {
        if (!guard_.stop()) add({start, start + length, hidden}, shapes_[group.shape]);
      });
    }
  }
  if (guard_.cut() && !partial) throw Cut();
  return found.spans();
}

}  // namespace kalima::query
