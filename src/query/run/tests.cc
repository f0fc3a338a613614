#include "query/run/tests.h"

#include "query/run/leaves.h"

namespace kalima::query {
namespace {

using attributes::Attribute;
using attributes::Column;
using attributes::Definition;
using attributes::Level;

// Bits for each analysis (and one more for a missing one), word or position: as few as the condition allows.
enum class Each : std::uint8_t { analysis, word, position };
struct Found {
  Each each;
  Bits bits;
};

Bits as_positions(const Corpus& corpus, const Found& found) {
  if (found.each == Each::position) return found.bits;
  Bits out(corpus.positions());
  if (found.each == Each::word) {
    found.bits.each([&](std::size_t word) { out.set_range(corpus.first[word], corpus.first[word + 1]); });
    return out;
  }
  found.bits.each([&](std::size_t analysis) {
    for (std::uint32_t i = corpus.analysis_ends[analysis]; i < corpus.analysis_ends[analysis + 1]; ++i)
      out.set(corpus.analysis_positions[i]);
  });
  return out;
}

Found evaluate(const Corpus& corpus, const Condition& condition);

Found joined(const Corpus& corpus, const Condition& condition) {
  const bool both = condition.kind == Condition::Kind::both;
  Found out = evaluate(corpus, condition.parts.front());
  for (std::size_t i = 1; i < condition.parts.size(); ++i) {
    Found next = evaluate(corpus, condition.parts[i]);
    if (next.each != out.each) {
      out = {Each::position, as_positions(corpus, out)};
      next = {Each::position, as_positions(corpus, next)};
    }
    if (both) {
      out.bits &= next.bits;
    } else {
      out.bits |= next.bits;
    }
  }
  return out;
}

Found evaluate(const Corpus& corpus, const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::always:
    case Condition::Kind::never:
      return {Each::word, Bits(corpus.words(), condition.kind == Condition::Kind::always)};
    case Condition::Kind::both:
    case Condition::Kind::either:
      return joined(corpus, condition);
    default:
      break;
  }
  const Definition& row = attributes::definition(condition.left.attribute);
  Found out;
  if (row.level == Level::segment && row.column == Column::analysis) {
    out = {Each::analysis, of_analyses(corpus, condition)};
  } else if (is_segment_level(row.attribute)) {
    out = {Each::position, of_positions(corpus, condition)};
  } else {
    out = {Each::word, of_words(corpus, condition)};
  }
  if (condition.negated) out.bits.flip();
  return out;
}

// The words that have a position where it is true.
Bits words_with(const Corpus& corpus, const Found& found) {
  if (found.each == Each::word) return found.bits;
  Bits out(corpus.words());
  const auto add = [&](std::size_t position) { out.set(corpus.word_of[position]); };
  if (found.each == Each::position) {
    found.bits.each(add);
    return out;
  }
  found.bits.each([&](std::size_t analysis) {
    for (std::uint32_t i = corpus.analysis_ends[analysis]; i < corpus.analysis_ends[analysis + 1]; ++i)
      add(corpus.analysis_positions[i]);
  });
  return out;
}

}  // namespace

Bits positions_where(const Corpus& corpus, const Condition& condition) {
  if (condition.kind == Condition::Kind::always) return Bits(corpus.positions(), true);
  return as_positions(corpus, evaluate(corpus, condition));
}

Bits words_where(const Corpus& corpus, const Condition& condition) {
  // A value of segments has a list of its words.
  if (condition.kind == Condition::Kind::values) {
    const Definition& row = attributes::definition(condition.left.attribute);
    if (row.level == Level::segment && has_few_values(condition)) {
      Bits out(corpus.words());
      add_postings(corpus, condition, out);
      // Negated: no segment has it.
      if (condition.negated) out.flip();
      return out;
    }
  }
  Found found = evaluate(corpus, condition);
  if (found.each == Each::word || has_positive_segment_test(condition)) return words_with(corpus, found);
  // All segments: none where it is false.
  found.bits.flip();
  Bits out = words_with(corpus, found);
  out.flip();
  return out;
}

}  // namespace kalima::query
