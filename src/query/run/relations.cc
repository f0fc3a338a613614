#include "query/run/relations.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <span>

#include "query/plan/values.h"
#include "query/run/tests.h"

namespace kalima::query {
namespace {

using attributes::Attribute;
using attributes::Level;

struct Range {
  std::uint32_t begin, end;        // segment positions
  std::uint32_t hidden = nothing;  // the node, if it is not spoken
};

class Relation {
 public:
  Relation(Evaluation& evaluation, const Shape& shape)
      : evaluation_(evaluation), corpus_(evaluation.corpus()), axis_(evaluation.axis()), shape_(shape) {}

  // `here`: what the condition is on; of a word each of its segments in turn.
  bool holds(const Condition& condition, std::uint32_t start, TestedAt here) const {
    switch (condition.kind) {
      case Condition::Kind::always:
        return true;
      case Condition::Kind::never:
        return false;
      case Condition::Kind::both:
        return std::ranges::all_of(condition.parts,
                                   [&](const Condition& part) { return holds(part, start, here); });
      case Condition::Kind::either:
        return std::ranges::any_of(condition.parts,
                                   [&](const Condition& part) { return holds(part, start, here); });
      case Condition::Kind::captured:
        return captured(condition.left.slot, start).has_value() != condition.negated;
      case Condition::Kind::present:
        return (value(condition.left, start, here) != 0) != condition.negated;
      case Condition::Kind::values: {
        const std::uint32_t id = value(condition.left, start, here);
        return (id != 0 && std::ranges::binary_search(condition.values, id)) != condition.negated;
      }
      case Condition::Kind::related:
        return related(condition, start, here);
      case Condition::Kind::edge:
        return edge(condition, start) != condition.negated;
    }
    return false;
  }

 private:
  std::optional<Range> captured(Slot slot, std::uint32_t start) const {
    const Placed* const placed = find(shape_, slot);
    if (placed == nullptr || placed->end == open_end) return std::nullopt;
    const auto at = [&](std::int32_t offset) {
      return axis_.position_at(static_cast<std::uint32_t>(static_cast<std::int64_t>(start) + offset));
    };
    Range out{at(placed->begin), at(placed->end)};
    if (placed->hidden != 0) out.hidden = corpus_.forest().hidden_at(out.begin)[placed->hidden - 1];
    return out;
  }

  std::uint32_t value(const Term& term, std::uint32_t start, TestedAt here) const {
    if (term.here) {
      return here.node != nothing ? corpus_.value_of_node(term.attribute, here.node)
                                  : at(term.attribute, here.position);
    }
    const auto range = captured(term.slot, start);
    if (range && range->hidden != nothing) return corpus_.value_of_node(term.attribute, range->hidden);
    // An empty capture has no value.
    if (!range || range->begin == range->end) return 0;
    if (!is_segment_level(term.attribute) || range->end - range->begin == 1)
      return at(term.attribute, range->begin);
    const std::uint32_t head = corpus_.head_of_word[corpus_.word_of[range->begin]];
    return head == nothing ? 0 : at(term.attribute, head);
  }

  std::uint32_t at(Attribute attribute, std::uint32_t position) const {
    const std::vector<std::uint32_t>& values = corpus_.values(attribute);
    return values[is_segment_level(attribute) ? position : corpus_.word_of[position]];
  }

  bool related(const Condition& condition, std::uint32_t start, TestedAt here) const {
    if (condition.left.of == Term::Of::attribute && condition.right.of == Term::Of::attribute) {
      const std::uint32_t left = value(condition.left, start, here),
                          right = value(condition.right, start, here);
      const bool equal = left != 0 && right != 0 && compared(condition, left, right);
      return equal != condition.negated;
    }
    const auto left = number(condition.left, start, here), right = number(condition.right, start, here);
    // A comparison with a missing number is false, and what negates it true.
    if (!left || !right) return condition.negated;
    return fits(condition.comparison, *left, *right) != condition.negated;
  }

  bool compared(const Condition& condition, std::uint32_t left, std::uint32_t right) const {
    const Attribute a = condition.left.attribute, b = condition.right.attribute;
    const auto& row = attributes::definition(a);
    if (row.type == attributes::Type::number) return fits(condition.comparison, left, right);
    if (a == b) {
      if (left == right) return true;
      if (condition.comparison == Comparison::same || (a != Attribute::word && a != Attribute::segment))
        return false;
      const std::vector<std::uint32_t>& forms = evaluation_.lexicon().same_forms(a);
      return forms[left] == forms[right];
    }
    return evaluation_.corpus().core().text(a, left) == evaluation_.corpus().core().text(b, right);
  }

  std::optional<std::int64_t> number(const Term& term, std::uint32_t start, TestedAt here) const {
    switch (term.of) {
      case Term::Of::number:
        return term.number;
      case Term::Of::attribute: {
        const std::uint32_t id = value(term, start, here);
        return id == 0 ? std::nullopt : std::optional<std::int64_t>(std::int64_t{id} - 1);
      }
      case Term::Of::frequency:
      case Term::Of::letters:
        return measured(term, value(term, start, here));
      default:
        break;
    }
    const auto range = captured(term.slot, start);
    if (!range) return std::nullopt;
    if (term.of == Term::Of::depth || term.of == Term::Of::children || term.of == Term::Of::size ||
        term.of == Term::Of::order)
      return of_node(term, *range);
    // What is not spoken has no place.
    if (range->hidden != nothing) return std::nullopt;
    switch (term.of) {
      case Term::Of::start:
        return range->begin;
      case Term::Of::end:
        return range->end;
      case Term::Of::length:
        if (range->begin == range->end) return 0;
        return corpus_.word_of[range->end - 1] - corpus_.word_of[range->begin] + 1;
      default:
        break;
    }
    const auto other = captured(term.other, start);
    if (!other || other->hidden != nothing) return std::nullopt;
    const auto place = [&](std::uint32_t position) -> std::int64_t {
      if (term.in_segments) return position;
      return position < corpus_.positions() ? corpus_.word_of[position]
                                            : static_cast<std::int64_t>(corpus_.words());
    };
    const std::int64_t distance = place(other->begin) - place(range->begin);
    return term.of == Term::Of::distabs ? std::abs(distance) : distance;
  }

  // The node that a capture is: of more than a segment that of its first word's stem.
  std::optional<std::int64_t> of_node(const Term& term, const Range& range) const {
    const Forest& forest = corpus_.forest();
    std::uint32_t node = range.hidden;
    if (node == nothing) {
      if (range.begin == range.end) return std::nullopt;
      const std::uint32_t position =
          range.end - range.begin == 1 ? range.begin : corpus_.head_of_word[corpus_.word_of[range.begin]];
      if (position == nothing || forest.nodes_at(position).empty()) return std::nullopt;
      node = forest.nodes_at(position).front();
    }
    switch (term.of) {
      case Term::Of::depth: {
        const auto depth = forest.depth(node);
        return depth ? std::optional<std::int64_t>(*depth) : std::nullopt;
      }
      case Term::Of::children:
        return static_cast<std::int64_t>(forest.children_of(node).size());
      case Term::Of::size:
        return forest.on_cycle[node] ? std::nullopt : std::optional<std::int64_t>(forest.size_below(node));
      default:
        return node;
    }
  }

  // Whether an edge leads from a node of one capture to a node of the other.
  bool edge(const Condition& condition, std::uint32_t start) const {
    const auto from = captured(condition.left.slot, start), to = captured(condition.left.other, start);
    if (!from || !to) return false;
    const Forest& forest = corpus_.forest();
    const auto leads = [&](std::uint32_t node) {
      const std::uint32_t head = forest.head[node];
      if (head == Forest::no_node) return false;
      if (!condition.any_type && !std::ranges::binary_search(condition.edge_types, forest.relation[node]))
        return false;
      if (forest.hidden(head)) return from->hidden == head;
      return from->hidden == nothing && forest.position[head] >= from->begin &&
             forest.position[head] < from->end;
    };
    if (to->hidden != nothing) return leads(to->hidden);
    for (std::uint32_t position = to->begin; position < to->end; ++position) {
      if (std::ranges::any_of(forest.nodes_at(position), leads)) return true;
    }
    return false;
  }

  std::optional<std::int64_t> measured(const Term& term, std::uint32_t id) const {
    if (id == 0) return std::nullopt;
    if (term.of == Term::Of::frequency) return corpus_.core().counts(term.attribute, id).items;
    const std::string text = corpus_.core().text(term.attribute, id);
    return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  }

  Evaluation& evaluation_;
  const Corpus& corpus_;
  const Axis& axis_;
  const Shape& shape_;
};

// The values that an attribute of a capture has for each start, as columns that are read without tests on the way.
struct CaptureColumn {
  std::span<const std::uint32_t> values;
  const std::uint32_t* words;  // of places; nullptr where values are by place
  std::int64_t offset;
  std::uint32_t operator()(std::uint32_t start) const {
    const auto place = static_cast<std::size_t>(static_cast<std::int64_t>(start) + offset);
    return words == nullptr ? values[place] : values[words[place]];
  }
};

// nullopt for a term that is not read so: hidden nodes, empty captures.
std::optional<CaptureColumn> column_of(const Evaluation& evaluation, const Term& term, const Shape& shape) {
  if (term.of != Term::Of::attribute || term.here) return std::nullopt;
  const Placed* const placed = find(shape, term.slot);
  if (placed == nullptr || placed->end == open_end || placed->hidden != 0 || placed->begin == placed->end)
    return std::nullopt;
  const Corpus& corpus = evaluation.corpus();
  CaptureColumn out{{}, nullptr, placed->begin};
  if (!evaluation.axis().words() && is_segment_level(term.attribute) && placed->end - placed->begin == 1) {
    out.values = corpus.values(term.attribute);
    return out;
  }
  out.values = corpus.values_of_words(term.attribute);
  if (!evaluation.axis().words()) out.words = corpus.word_of.data();
  return out;
}

// Where two captures have equal values, by the place of the first of them, if that is known; of few starts it is not asked.
const Starts* equal_places(Evaluation& evaluation, const Condition& condition, const Starts& starts,
                           const CaptureColumn& left, const CaptureColumn& right) {
  if (condition.negated || !starts.dense() || left.values.data() != right.values.data() ||
      left.words != nullptr || right.words != nullptr)
    return nullptr;
  const auto distance = static_cast<std::uint32_t>(std::abs(left.offset - right.offset));
  return evaluation.equal_places().find(left.values, distance, evaluation.guard());
}

// The starts for which a leaf holds; nullopt for one that is tested start by start.
std::optional<Starts> matching_at_once(Evaluation& evaluation, const Condition& condition,
                                       const Starts& starts, const Shape& shape) {
  auto left = column_of(evaluation, condition.left, shape);
  if (!left) return std::nullopt;
  const bool negated = condition.negated;
  switch (condition.kind) {
    case Condition::Kind::present:
      return starts.where([&](std::uint32_t start) { return ((*left)(start) != 0) != negated; });
    case Condition::Kind::values: {
      Bits wanted(condition.values.empty() ? 1 : condition.values.back() + std::size_t{1});
      for (const std::uint32_t id : condition.values) wanted.set(id);
      return starts.where([&](std::uint32_t start) { return wanted.test((*left)(start)) != negated; });
    }
    case Condition::Kind::related: {
      const Attribute attribute = condition.left.attribute;
      const bool surface = attribute == Attribute::word || attribute == Attribute::segment;
      auto right = column_of(evaluation, condition.right, shape);
      if (!right || condition.right.attribute != attribute ||
          attributes::definition(attribute).type == attributes::Type::number)
        return std::nullopt;
      if (surface && condition.comparison != Comparison::same) {
        for (CaptureColumn* column : {&*left, &*right})
          column->values =
              evaluation.equal_places().compared(column->values, evaluation.lexicon().same_forms(attribute));
      }
      if (const Starts* const equal = equal_places(evaluation, condition, starts, *left, *right))
        return starts.at(*equal, static_cast<std::ptrdiff_t>(std::min(left->offset, right->offset)));
      return starts.where([&](std::uint32_t start) {
        const std::uint32_t value = (*left)(start);
        return (value != 0 && value == (*right)(start)) != negated;
      });
    }
    default:
      return std::nullopt;
  }
}

}  // namespace

bool holds(Evaluation& evaluation, const Condition& condition, const Shape& shape, TestedAt here) {
  return Relation(evaluation, shape).holds(condition, 0, here);
}

Starts matching(Evaluation& evaluation, const Condition& condition, const Starts& starts,
                std::uint32_t offset, ShapeId shape, Candidate candidate) {
  const Relation relation(evaluation, evaluation.shapes()[shape]);
  const Corpus& corpus = evaluation.corpus();
  const Axis& axis = evaluation.axis();
  Guard& guard = evaluation.guard();
  if (candidate == Candidate::none) {
    if (condition.kind == Condition::Kind::both) {
      Starts left = starts;
      for (const Condition& part : condition.parts) {
        left = matching(evaluation, part, left, offset, shape, candidate);
        if (left.empty()) break;
      }
      return left;
    }
    if (auto out = matching_at_once(evaluation, condition, starts, evaluation.shapes()[shape]))
      return std::move(*out);
  }
  const bool one_is_enough = has_positive_segment_test(condition);
  return starts.where([&](std::uint32_t start) {
    if (guard.stop()) return false;
    if (candidate == Candidate::none) return relation.holds(condition, start, {});
    const std::uint32_t begin = axis.position_at(start + offset);
    if (candidate == Candidate::segment) return relation.holds(condition, start, {begin, nothing});
    const std::uint32_t end = corpus.first[corpus.word_of[begin] + 1];
    for (std::uint32_t here = begin; here < end; ++here) {
      if (relation.holds(condition, start, {here, nothing}) == one_is_enough) return one_is_enough;
    }
    return !one_is_enough;
  });
}

}  // namespace kalima::query
