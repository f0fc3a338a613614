#include "query/run/place_test.h"

#include <algorithm>

namespace kalima::query {

using attributes::Column;
using attributes::Definition;
using attributes::Level;

namespace {

// Counting more would take longer than it saves.
constexpr std::size_t max_counted_values = 256;

}  // namespace

PlaceTest::PlaceTest(const Corpus& corpus, const Condition& condition)
    : corpus_(corpus),
      root_(node_of(corpus, condition)),
      one_is_enough_(has_positive_segment_test(condition)) {}

PlaceTest::Node PlaceTest::node_of(const Corpus& corpus, const Condition& condition) {
  Node out;
  switch (condition.kind) {
    case Condition::Kind::always:
      out.kind = Node::Kind::always;
      return out;
    case Condition::Kind::never:
      out.kind = Node::Kind::never;
      return out;
    case Condition::Kind::both:
    case Condition::Kind::either:
      out.kind = condition.kind == Condition::Kind::both ? Node::Kind::both : Node::Kind::either;
      for (const Condition& part : condition.parts) out.parts.push_back(node_of(corpus, part));
      return out;
    default:
      break;
  }
  out.negated = condition.negated;
  const Definition& row = attributes::definition(condition.left.attribute);
  const bool of_segments = is_segment_level(row.attribute);
  if (row.level == Level::segment && row.column == Column::analysis) {
    out.kind = Node::Kind::analysis;
    out.bits = of_analyses(corpus, condition);
  } else if (of_segments && row.level == Level::region) {
    // A segment may be in several of them.
    out.kind = Node::Kind::position;
    out.bits = of_positions(corpus, condition);
  } else {
    out.kind = row.level == Level::word ? Node::Kind::stored : Node::Kind::made;
    out.wanted = Wanted(condition);
    out.attribute = row.attribute;
    out.of_words = !of_segments;
    if (out.kind == Node::Kind::made) out.values = &corpus.values(row.attribute);
  }
  return out;
}

bool PlaceTest::holds(const Node& node, std::uint32_t position) const {
  const auto part_holds = [&](const Node& part) { return holds(part, position); };
  switch (node.kind) {
    case Node::Kind::always:
      return true;
    case Node::Kind::never:
      return false;
    case Node::Kind::both:
      return std::ranges::all_of(node.parts, part_holds);
    case Node::Kind::either:
      return std::ranges::any_of(node.parts, part_holds);
    case Node::Kind::analysis:
      return node.bits.test(corpus_.analysis[position]) != node.negated;
    case Node::Kind::position:
      return node.bits.test(position) != node.negated;
    case Node::Kind::stored:
    case Node::Kind::made:
      return node.wanted(value(node, position)) != node.negated;
  }
  return false;
}

std::uint32_t PlaceTest::value(const Node& node, std::uint32_t position) const {
  const std::uint32_t item = node.of_words ? corpus_.word_of[position] : position;
  return node.values == nullptr ? corpus_.core().value(node.attribute, item) : (*node.values)[item];
}

bool PlaceTest::word(std::uint32_t word) const {
  for (std::uint32_t position = corpus_.first[word]; position < corpus_.first[word + 1]; ++position) {
    if (holds(root_, position) == one_is_enough_) return one_is_enough_;
  }
  return !one_is_enough_;
}

std::size_t max_words_of(const Corpus& corpus, const Condition& condition) {
  const std::size_t all = corpus.words();
  switch (condition.kind) {
    case Condition::Kind::never:
      return 0;
    case Condition::Kind::both: {
      std::size_t out = all;
      for (const Condition& part : condition.parts) out = std::min(out, max_words_of(corpus, part));
      return out;
    }
    case Condition::Kind::either: {
      std::size_t out = 0;
      for (const Condition& part : condition.parts) out = std::min(all, out + max_words_of(corpus, part));
      return out;
    }
    case Condition::Kind::values: {
      if (condition.negated || condition.values.size() > max_counted_values) return all;
      std::size_t out = 0;
      for (const std::uint32_t id : condition.values) {
        out += corpus.core().counts(condition.left.attribute, id).words;
        if (out >= all) return all;
      }
      return out;
    }
    default:
      return all;
  }
}

}  // namespace kalima::query
