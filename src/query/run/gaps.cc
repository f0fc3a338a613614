// Gaps: what a loop over any word or segment would reach place after place is looked up, when few threads walk it to few
// places. `{pos="PRON"} {}* </verse>` would otherwise carry all pronouns to each of the next 800 places.
#include <algorithm>

#include "query/run/automaton.h"

namespace kalima::query {

void Automaton::find_gaps() {
  for (std::uint32_t i = 0; i + 2 < program_.size(); ++i) {
    const Instruction &split = program_[i], &read = program_[i + 1], &back = program_[i + 2];
    if (split.op != Op::split || split.x != i + 1 || read.op != Op::token || back.op != Op::jump ||
        back.x != i)
      continue;
    const Token& any = tokens_[read.x];
    if (!any.any || any.condition != nullptr || any.widths != 1) continue;
    Gap gap{split.y, {}, 0, {}};
    while (program_[gap.next].op == Op::open) gap.opened.push_back(program_[gap.next++].x);
    const Instruction& next = program_[gap.next];
    const bool plain = next.op == Op::check ? checks_[next.x].condition == nullptr
                                            : next.op == Op::token && tokens_[next.x].condition == nullptr &&
                                                  tokens_[next.x].widths == 1;
    if (!plain) continue;
    gap.places = satisfied(gap).count();
    gaps_.emplace(i, std::move(gap));
  }
}

// By the places where they are met when something was read before.
const Bits& Automaton::satisfied(const Gap& gap) {
  const Instruction& next = program_[gap.next];
  return next.op == Op::check ? *checks_[next.x].later : later_of(tokens_[next.x], 0);
}

// Where at last a gap ends that begins at `from`: at the fence, with what is read without end, beyond the reach, and with the
// regions that were entered.
std::uint32_t Automaton::gap_end(ShapeId shape, std::uint32_t start, std::uint32_t from) {
  const Axis& axis = evaluation_.axis();
  const auto size = static_cast<std::uint32_t>(axis.size());
  std::uint32_t end = size;
  const std::uint32_t words = axis.word_at(start) + max_unbounded_words;
  if (words < axis.corpus().words()) end = std::min(end, axis.of_word(words));
  if (reach_ != nullptr) end = std::min(end, start + reach_->longest(start));
  for (Entered& entered : entered_) {
    const Placed* const placed = find(evaluation_.shapes()[shape], entered.slot);
    if (placed != nullptr && entered.always_left)
      end = std::min(end, entered.longest_from(start + static_cast<std::uint32_t>(placed->begin)));
  }
  // The first read may begin at the fence if nothing was read before; none after it.
  const std::uint32_t at = from == start ? from + 1 : from;
  return at < end ? static_cast<std::uint32_t>(std::min<std::size_t>(end, fence_.next_border(at))) : end;
}

// Whether it was done: every thread that the loop would make later is there.
bool Automaton::jump_gap(ShapeId shape, const Starts& starts, std::uint32_t offset, Gap& gap) {
  const std::size_t size = evaluation_.axis().size();
  if (at_ends_) return false;  // only what is empty counts then
  if (starts.count() * gap.places > 2 * size * (size / 64 + 1)) return false;
  Guard& guard = evaluation_.guard();
  const Bits& satisfied = this->satisfied(gap);
  Paged<std::uint32_t>& reached =
      gap.reached.try_emplace(shape, Paged<std::uint32_t>(size + 1, 0)).first->second;
  // By the distance from the start.
  std::vector<std::vector<std::uint32_t>> found;
  starts.each([&](std::uint32_t start) {
    const std::uint32_t from = start + offset;
    if (from >= size || guard.stop()) return;
    const std::uint32_t end = gap_end(shape, start, from);
    // What was walked before holds this one.
    if (end <= from || end <= reached[start]) return;
    reached.at(start) = end;
    for (std::size_t at = satisfied.next(from + 1); at < satisfied.size() && at <= end;
         at = satisfied.next(at + 1)) {
      const std::size_t distance = at - start;
      if (distance >= found.size()) found.resize(distance + 1);
      found[distance].push_back(start);
    }
  });
  const bool reads = program_[gap.next].op == Op::token;
  for (std::uint32_t distance = 0; distance < found.size(); ++distance) {
    if (found[distance].empty()) continue;
    ShapeId opened = shape;
    for (const Slot slot : gap.opened)
      opened = evaluation_.shapes().opened(opened, slot, static_cast<std::int32_t>(distance));
    go_on({gap.next + 1, opened}, Starts(std::move(found[distance])), distance + (reads ? 1 : 0));
  }
  return true;
}

}  // namespace kalima::query
