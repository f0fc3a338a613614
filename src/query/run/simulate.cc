// How an automaton runs: offsets in ascending order, at each offset states in ascending order.
#include <algorithm>
#include <iterator>
#include <utility>

#include "query/run/automaton.h"
#include "query/run/relations.h"

namespace kalima::query {

Spans Automaton::run(const Reach* reach) {
  reach_ = reach;
  max_words_ = unbounded_ ? max_unbounded_words : nothing;
  Spans out = run_from(beginnings());
  if (!may_be_empty_) return out;
  // Where a surah begins another ends, and what is empty differs between the two.
  at_ends_ = true;
  for (Group& group : run_from(Starts(ends_of_fence())).groups) {
    if (group.length == 0) out.at_ends.push_back(std::move(group));
  }
  at_ends_ = false;
  return out;
}

// Where what is empty lies at the end of a surah or, inside of regions, of one of these, and not at the beginning of the next.
Bits Automaton::ends_of_fence() const {
  const Bits& border = evaluation_.axis().surah_borders();
  if (!fence_.inside) return border;
  const Bits& inside = *fence_.inside;
  const std::size_t size = evaluation_.axis().size();
  Bits out(size + 1);
  inside.each([&](std::size_t place) {
    const std::size_t end = place + 1;
    if (end == size || border.test(end) || !inside.test(end)) out.set(end);
  });
  return out;
}

Spans Automaton::run_from(Starts all) {
  Guard& guard = evaluation_.guard();
  if (!all.empty()) pending_[0].emplace(Key{0, 0}, std::move(all));
  while (!pending_.empty() && !guard.stop_now()) {
    const std::uint32_t offset = pending_.begin()->first;
    Agenda here = std::move(pending_.begin()->second);
    pending_.erase(pending_.begin());
    seen_.clear();
    while (!here.empty() && !guard.stop()) {
      auto first = here.extract(here.begin());
      guard.take(-static_cast<std::ptrdiff_t>(first.mapped().bytes()));
      step(first.key(), std::move(first.mapped()), offset, here);
    }
  }
  pending_.clear();
  return std::exchange(accepted_, {});
}

// At the same offset.
void Automaton::stay(Key key, Starts starts, Agenda& here) {
  if (starts.empty()) return;
  if (loops_[key.state]) {
    starts = seen_[key].add(std::move(starts));
    if (starts.empty()) return;
  }
  evaluation_.guard().take(static_cast<std::ptrdiff_t>(starts.bytes()));
  here[key].add(std::move(starts));
}

// At a later offset.
void Automaton::go_on(Key key, Starts starts, std::uint32_t offset) {
  if (reach_ != nullptr) starts = reach_->of(starts, offset);
  if (starts.empty()) return;
  const Axis& axis = evaluation_.axis();
  if (offset > max_words_) {
    starts =
        starts.where([&](std::uint32_t place) { return axis.words_in(place, place + offset) <= max_words_; });
  }
  if (!entered_.empty()) starts = within_entered(key, std::move(starts), offset);
  if (starts.empty()) return;
  evaluation_.guard().take(static_cast<std::ptrdiff_t>(starts.bytes()));
  pending_[offset][key].add(std::move(starts));
}

// After the first place, of the words that take so many more than one.
const Bits& Automaton::later_of(Token& token, std::size_t width) {
  if (!token.made()) make(token);
  if (!token.later[width]) {
    Bits later = *token.first[width];
    fence_.take_borders_from(later);
    token.later[width] = std::make_shared<const Bits>(std::move(later));
  }
  return *token.later[width];
}

std::uint32_t Automaton::Entered::longest_from(std::uint32_t place) {
  std::uint32_t& longest = this->longest.at(place);
  if (longest == nothing) longest = places->longest_from(place);
  return longest;
}

// Without those that have left a region which they have to close.
Starts Automaton::within_entered(const Key& key, Starts starts, std::uint32_t end) {
  const Shape& shape = evaluation_.shapes()[key.shape];
  for (Entered& entered : entered_) {
    const Placed* const placed = find(shape, entered.slot);
    if (placed == nullptr || !entered.always_left) continue;
    const auto begin = static_cast<std::uint32_t>(placed->begin);
    starts =
        starts.where([&](std::uint32_t place) { return entered.longest_from(place + begin) >= place + end; });
  }
  return starts;
}

void Automaton::step(const Key& key, Starts starts, std::uint32_t offset, Agenda& here) {
  const Instruction& now = program_[key.state];
  const Key next{key.state + 1, key.shape};
  Shapes& shapes = evaluation_.shapes();
  const auto at = static_cast<std::int32_t>(offset);
  switch (now.op) {
    case Op::token:
      read_token(key, starts, offset);
      break;
    case Op::check: {
      const Check& check = checks_[now.x];
      starts = starts.at(begins_at(offset) ? *check.first : *check.later, at);
      if (check.condition != nullptr)
        starts = matching(evaluation_, *check.condition, starts, offset, key.shape, Candidate::word);
      stay(next, std::move(starts), here);
      break;
    }
    case Op::split:
      if (const auto gap = gaps_.find(key.state);
          gap != gaps_.end() && jump_gap(key.shape, starts, offset, gap->second)) {
        stay({now.y, key.shape}, std::move(starts), here);
        break;
      }
      stay({now.y, key.shape}, starts, here);
      stay({now.x, key.shape}, std::move(starts), here);
      break;
    case Op::jump:
      stay({now.x, key.shape}, std::move(starts), here);
      break;
    case Op::open:
      stay({next.state, shapes.opened(key.shape, now.x, at)}, std::move(starts), here);
      break;
    case Op::close:
      stay({next.state, shapes.closed(key.shape, now.x, at)}, std::move(starts), here);
      break;
    case Op::enter:
      stay({next.state, shapes.opened(key.shape, entered_[now.x].slot, at)}, std::move(starts), here);
      break;
    case Op::leave:
      leave_region(key, std::move(starts), offset, here);
      break;
    case Op::part:
    case Op::look:
      join_part(key, starts, offset, here);
      break;
    case Op::require:
      stay(next, matching(evaluation_, *constraint_, starts, offset, key.shape, Candidate::none), here);
      break;
    case Op::accept: {
      ShapeId shape = key.shape;
      for (const Entered& entered : entered_) shape = shapes.without(shape, entered.slot);
      evaluation_.guard().take(static_cast<std::ptrdiff_t>(starts.bytes()));
      accepted_.add(offset, shape, std::move(starts));
      break;
    }
  }
}

void Automaton::read_token(const Key& key, const Starts& starts, std::uint32_t offset) {
  Token& token = tokens_[program_[key.state].x];
  std::vector<Starts> by_width = read(token, starts, offset);
  for (std::uint32_t i = 0; i < by_width.size(); ++i) {
    if (token.condition != nullptr)
      by_width[i] = matching(evaluation_, *token.condition, by_width[i], offset, key.shape,
                             token.word ? Candidate::word : Candidate::segment);
    go_on({key.state + 1, key.shape}, std::move(by_width[i]), offset + i + 1);
  }
}

std::vector<Starts> Automaton::read(Token& token, const Starts& starts, std::uint32_t offset) {
  if (!token.made() && !starts.dense() && starts.count() <= token.untested) {
    token.untested -= starts.count();
    if (!token.test) token.test.emplace(evaluation_.corpus(), token.where);
    return tested(token, starts, offset);
  }
  if (!token.made()) make(token);
  std::vector<Starts> out;
  const auto at = static_cast<std::ptrdiff_t>(offset);
  for (std::uint32_t i = 0; i < token.first.size(); ++i) {
    if (begins_at(offset)) {
      out.push_back(starts.at(*token.first[i], at));
    } else if (starts.dense()) {
      out.push_back(starts.at(later_of(token, i), at));
    } else {
      out.push_back(starts.at(*token.first[i], at).where([&](std::uint32_t place) {
        return !fence_.is_border(place + offset);
      }));
    }
  }
  return out;
}

std::vector<Starts> Automaton::tested(const Token& token, const Starts& starts, std::uint32_t offset) const {
  const Axis& axis = evaluation_.axis();
  std::vector<std::vector<std::uint32_t>> lists(token.widths);
  starts.each([&](std::uint32_t start) {
    const std::uint32_t place = start + offset;
    if (place >= axis.size() || (!begins_at(offset) && fence_.is_border(place))) return;
    if (!token.word) {
      if (token.test->position(place)) lists.front().push_back(start);
      return;
    }
    const std::uint32_t word = axis.word_at(place);
    if (axis.of_word(word) != place || (fence_.divided && fence_.divided->test(place))) return;
    if (token.test->word(word)) lists[axis.of_word(word + 1) - place - 1].push_back(start);
  });
  return {std::move_iterator(lists.begin()), std::move_iterator(lists.end())};
}

void Automaton::leave_region(const Key& key, Starts starts, std::uint32_t offset, Agenda& here) {
  const auto region = static_cast<attributes::Region>(program_[key.state].x);
  Shapes& shapes = evaluation_.shapes();
  ShapeId shape = key.shape;
  for (const Entered& entered : entered_) {
    if (entered.region != region) continue;
    const Placed* const placed = find(shapes[shape], entered.slot);
    if (placed == nullptr) continue;
    const auto begin = static_cast<std::uint32_t>(placed->begin);
    starts =
        starts.where([&](std::uint32_t place) { return entered.places->has(place + begin, place + offset); });
    shape = shapes.without(shape, entered.slot);
  }
  stay({key.state + 1, shape}, std::move(starts), here);
}

void Automaton::join_part(const Key& key, const Starts& starts, std::uint32_t offset, Agenda& here) {
  const Instruction& now = program_[key.state];
  const Part& part = parts_[now.x];
  const Bits& border = evaluation_.axis().surah_borders();
  if (!begins_at(offset)) {
    for (const Group& group : part.spans.at_ends) {
      const ShapeId shape =
          evaluation_.shapes().joined(key.shape, group.shape, static_cast<std::int32_t>(offset));
      stay({key.state + 1, shape}, starts.at(group.starts, static_cast<std::ptrdiff_t>(offset)), here);
    }
  }
  for (const Group& group : part.spans.groups) {
    if (evaluation_.guard().stop()) return;
    const auto length = static_cast<std::ptrdiff_t>(group.length);
    const std::ptrdiff_t begin = static_cast<std::ptrdiff_t>(offset) - (part.backward ? length : 0);
    Starts joined = starts.at(group.starts, begin);
    const ShapeId shape =
        evaluation_.shapes().joined(key.shape, group.shape, static_cast<std::int32_t>(begin));
    const Key next{key.state + 1, shape};
    if (now.op == Op::look || group.length == 0) {
      const bool first = begins_at(offset);
      if (group.length > 0 ? first == part.backward : !first) {
        // Nothing is seen over the border of a surah.
        joined = joined.where([&](std::uint32_t place) { return !border.test(place + offset); });
      }
      stay(next, std::move(joined), here);
      continue;
    }
    // Where a part goes on it does not begin beyond the fence.
    if (!begins_at(offset))
      joined = joined.where([&](std::uint32_t place) { return !fence_.is_border(place + offset); });
    go_on(next, std::move(joined), offset + group.length);
  }
}

}  // namespace kalima::query
