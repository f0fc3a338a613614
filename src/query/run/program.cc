// How an automaton is made of a plan.
#include <algorithm>

#include "query/run/automaton.h"
#include "query/run/tests.h"

namespace kalima::query {
namespace {

using Kind = PlanNode::Kind;

void collect_closed(const PlanNode& node, std::vector<attributes::Region>& closed) {
  if (node.kind == Kind::tag && node.part == Tag::Part::end) {
    for (const RegionChoice& choice : node.regions) closed.push_back(choice.region);
  }
  if (!is_regular(node)) return;
  for (const PlanNode& part : node.parts) collect_closed(part, closed);
}

// Whether it can match nothing.
bool may_be_empty(const PlanNode& node) {
  switch (node.kind) {
    case Kind::look:
    case Kind::here:
      return true;
    case Kind::tag:
      return node.part != Tag::Part::whole;
    case Kind::named:
      return tag_alone(node.query->root) != nullptr;
    case Kind::sequence:
    case Kind::both:
      return std::ranges::all_of(node.parts, may_be_empty);
    case Kind::either:
    case Kind::unite:
      return std::ranges::any_of(node.parts, may_be_empty);
    case Kind::capture:
    case Kind::filter:
    case Kind::inside:
    case Kind::constrained:
      return may_be_empty(node.parts.front());
    case Kind::repeat:
      return node.count.min == 0 || may_be_empty(node.parts.front());
    default:
      return false;
  }
}

}  // namespace

bool is_regular(const PlanNode& node) {
  switch (node.kind) {
    case Kind::word:
    case Kind::segment:
    case Kind::look:
    case Kind::here:
    case Kind::sequence:
    case Kind::either:
    case Kind::repeat:
    case Kind::capture:
      return true;
    case Kind::tag:
      return node.part != Tag::Part::whole;
    default:
      return false;
  }
}

bool may_be_endless(const PlanNode& node) {
  // What a look reads is evaluated on its own.
  if (node.kind == Kind::look || (!is_regular(node) && node.kind != Kind::constrained)) return false;
  return (node.kind == Kind::repeat && node.count.max == unbounded) ||
         std::ranges::any_of(node.parts, may_be_endless);
}

Automaton::Automaton(Evaluation& evaluation, const PlanNode& node, const Fence& fence,
                     const Condition* constraint)
    : evaluation_(evaluation), fence_(fence), constraint_(constraint) {
  collect_closed(node, closed_);
  may_be_empty_ = may_be_empty(node);
  add(node);
  if (constraint != nullptr) emit(Op::require);
  emit(Op::accept);
  loops_.assign(program_.size(), false);
  for (std::uint32_t i = 0; i < program_.size(); ++i) {
    const Instruction& one = program_[i];
    for (const std::uint32_t to : {one.x, one.y}) {
      if ((one.op == Op::split || one.op == Op::jump) && to <= i) loops_[to] = true;
    }
    if (one.op == Op::enter && may_not_leave(i, entered_[one.x].region)) entered_[one.x].always_left = false;
  }
  find_gaps();
}

// Whether a way leads from an instruction to the end that closes no region of this kind.
bool Automaton::may_not_leave(std::uint32_t from, attributes::Region region) const {
  std::vector<bool> reached(program_.size(), false);
  std::vector<std::uint32_t> open = {from};
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    if (reached[at]) continue;
    reached[at] = true;
    const Instruction& one = program_[at];
    if (one.op == Op::accept) return true;
    if (one.op == Op::leave && static_cast<attributes::Region>(one.x) == region) continue;
    if (one.op == Op::split || one.op == Op::jump) {
      open.push_back(one.x);
      if (one.op == Op::split) open.push_back(one.y);
    } else {
      open.push_back(at + 1);
    }
  }
  return false;
}

std::uint32_t Automaton::emit(Op op, std::uint32_t x, std::uint32_t y) {
  if (program_.size() >= max_instructions)
    throw Error(ErrorCode::too_large, "the query repeats too much", "use fewer or smaller repetitions");
  program_.push_back({op, x, y});
  return here() - 1;
}

void Automaton::add(const PlanNode& node) {
  switch (node.kind) {
    case Kind::sequence:
      for (const PlanNode& part : node.parts) add(part);
      return;
    case Kind::either:
      add_either(node);
      return;
    case Kind::repeat:
      add_repeat(node);
      return;
    case Kind::capture:
      emit(Op::open, node.slot);
      add(node.parts.front());
      emit(Op::close, node.slot);
      return;
    default:
      break;
  }
  const auto [made, fresh] = made_.try_emplace(&node);
  if (fresh) made->second = leaf(node);
  for (const Instruction& one : made->second) emit(one.op, one.x, one.y);
}

std::vector<Automaton::Instruction> Automaton::leaf(const PlanNode& node) {
  const auto added = [](Op op, auto& list, auto value) {
    list.push_back(std::move(value));
    return std::vector{Instruction{op, static_cast<std::uint32_t>(list.size()) - 1}};
  };
  switch (node.kind) {
    case Kind::word:
    case Kind::segment:
      return added(Op::token, tokens_, token_of(node));
    case Kind::here:
      return added(Op::check, checks_, check_of(node));
    case Kind::look:
      return of_look(node);
    case Kind::tag:
      if (node.part != Tag::Part::whole) return of_tag(node);
      [[fallthrough]];
    default:
      return added(Op::part, parts_, Part{evaluation_.spans(node, fence_)});
  }
}

void Automaton::add_either(const PlanNode& node) {
  std::vector<std::uint32_t> jumps;
  for (std::size_t i = 0; i < node.parts.size(); ++i) {
    const bool last = i + 1 == node.parts.size();
    const std::uint32_t split = last ? 0 : emit(Op::split);
    if (!last) program_[split].x = split + 1;
    add(node.parts[i]);
    if (last) break;
    jumps.push_back(emit(Op::jump));
    program_[split].y = here();
  }
  for (const std::uint32_t jump : jumps) program_[jump].x = here();
}

void Automaton::add_repeat(const PlanNode& node) {
  const PlanNode& of = node.parts.front();
  const Count count = node.count;
  for (std::uint32_t i = 0; i < count.min; ++i) add(of);
  if (count.max == unbounded) {
    unbounded_ = true;
    const std::uint32_t split = emit(Op::split);
    program_[split].x = split + 1;
    add(of);
    emit(Op::jump, split);
    program_[split].y = here();
    return;
  }
  std::vector<std::uint32_t> splits;
  for (std::uint32_t i = count.min; i < count.max; ++i) {
    splits.push_back(emit(Op::split));
    program_[splits.back()].x = splits.back() + 1;
    add(of);
  }
  for (const std::uint32_t split : splits) program_[split].y = here();
}

Automaton::Check Automaton::made_check(Bits first, Bits later) {
  Check check;
  check.first = std::make_shared<const Bits>(std::move(first));
  check.later = std::make_shared<const Bits>(std::move(later));
  return check;
}

Automaton::Token Automaton::token_of(const PlanNode& node) const {
  const Axis& axis = evaluation_.axis();
  const Corpus& corpus = evaluation_.corpus();
  Token token;
  token.where = without_captures(node.condition);
  token.word = node.kind == Kind::word;
  if (token.word && !axis.words()) token.widths = std::max(1U, axis.max_width());
  if (needs_captures(node.condition)) token.condition = &node.condition;
  token.any = node.condition.kind == Condition::Kind::always;
  const std::size_t words = max_words_of(corpus, token.where);
  if (token.where.kind == Condition::Kind::always || words <= axis.size() / 64) {
    make(token);
  } else {
    // A test takes some times as long as a place of a set.
    token.untested = words / 8;
  }
  return token;
}

void Automaton::make(Token& token) const {
  const Axis& axis = evaluation_.axis();
  const Corpus& corpus = evaluation_.corpus();
  const auto add = [&](Bits bits) { token.first.push_back(std::make_shared<const Bits>(std::move(bits))); };
  if (!token.word) {
    add(positions_where(corpus, token.where));
  } else if (axis.words()) {
    add(words_where(corpus, token.where));
  } else if (token.where.kind == Condition::Kind::always && !fence_.divided) {
    for (std::uint32_t width = 1; width <= axis.max_width(); ++width)
      token.first.push_back(axis.shared_of_width(width));
  } else {
    std::vector<Bits> by_width(token.widths, Bits(axis.size()));
    words_where(corpus, token.where).each([&](std::size_t word) {
      by_width[corpus.first[word + 1] - corpus.first[word] - 1].set(corpus.first[word]);
    });
    for (Bits& bits : by_width) {
      fence_.take_divided_from(bits);
      add(std::move(bits));
    }
  }
  // A corpus without words has no widths.
  if (!token.made()) add(Bits(axis.size()));
  token.later.resize(token.first.size());
}

// [: test :]: the word that begins at the place.
Automaton::Check Automaton::check_of(const PlanNode& node) const {
  const Axis& axis = evaluation_.axis();
  Bits first(axis.size() + 1);
  words_where(evaluation_.corpus(), without_captures(node.condition)).each([&](std::size_t word) {
    first.set(axis.of_word(static_cast<std::uint32_t>(word)));
  });
  Bits later = first;
  // The word after the end of a surah is not seen from there.
  later.minus(axis.surah_borders());
  Check check = made_check(std::move(first), std::move(later));
  if (needs_captures(node.condition)) check.condition = &node.condition;
  return check;
}

std::vector<Automaton::Instruction> Automaton::of_tag(const PlanNode& node) {
  const Axis& axis = evaluation_.axis();
  const RegionMarks marks = marks_of(axis, node.regions);
  // Where a surah begins another ends: a tag of the one is not seen from the other.
  const bool start = node.part == Tag::Part::start;
  Check check;
  check.first = start ? marks.begins : marks.ends_in_surah;
  check.later = start ? marks.begins_in_surah : marks.ends;
  checks_.push_back(std::move(check));
  std::vector<Instruction> out = {{Op::check, static_cast<std::uint32_t>(checks_.size()) - 1}};
  const attributes::Region region = node.regions.front().region;
  if (node.part == Tag::Part::end) {
    out.push_back({Op::leave, static_cast<std::uint32_t>(region)});
  } else if (std::ranges::find(closed_, region) != closed_.end()) {
    // What is closed in the same sequence is the same region.
    Entered entered{region, static_cast<Slot>(evaluation_.plan().slots() + entered_.size()), marks.places,
                    Paged<std::uint32_t>(axis.size() + 1, nothing)};
    entered_.push_back(std::move(entered));
    out.push_back({Op::enter, static_cast<std::uint32_t>(entered_.size()) - 1});
  }
  return out;
}

Automaton::Check Automaton::look_check(const PlanNode& node, const Spans& spans) const {
  const Axis& axis = evaluation_.axis();
  const Bits& border = axis.surah_borders();
  Bits first(axis.size() + 1);
  for (const Group& group : spans.groups) group.starts.add_to(first, node.ahead ? 0 : group.length);
  Bits later = first;
  // Nothing is seen over the border of a surah.
  (node.ahead ? later : first).minus(border);
  // An empty part is everywhere.
  if (!spans.groups.empty() && spans.groups.front().length == 0) {
    Bits empty(axis.size() + 1);
    spans.groups.front().starts.add_to(empty, 0);
    first |= empty;
    empty.minus(border);
    later |= empty;
  }
  for (const Group& group : spans.at_ends) group.starts.add_to(later, 0);
  if (node.negative) {
    first.flip();
    later.flip();
  }
  return made_check(std::move(first), std::move(later));
}

std::vector<Automaton::Instruction> Automaton::of_look(const PlanNode& node) {
  const PlanNode& of = node.parts.front();
  Spans spans = evaluation_.spans(of, evaluation_.surahs());
  if (!node.negative && spans.has_captures()) {
    parts_.push_back({std::move(spans), !node.ahead});
    return {{Op::look, static_cast<std::uint32_t>(parts_.size()) - 1}};
  }
  checks_.push_back(look_check(node, spans));
  return {{Op::check, static_cast<std::uint32_t>(checks_.size()) - 1}};
}

}  // namespace kalima::query
