#include "query/run/tests.h"

#include <algorithm>

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

// Whether a value is one that a leaf wants: a bit for each, so that a column is read without a search for each thing.
class Wanted {
 public:
  explicit Wanted(const Condition& leaf)
      : any_(leaf.kind == Condition::Kind::present),
        values_(leaf.values.empty() ? 0 : leaf.values.back() + std::size_t{1}) {
    for (const std::uint32_t id : leaf.values) values_.set(id);
  }
  bool operator()(std::uint64_t value) const { return any_ ? value != 0 : values_.test(value); }

 private:
  bool any_;
  Bits values_;  // 0, a missing one, is never among them
};

bool few(const Condition& leaf) { return leaf.kind == Condition::Kind::values && leaf.values.size() <= 64; }

// Whether reading the lists of words that have one of the values takes less than a look at every word.
bool has_short_lists(const Corpus& corpus, const Condition& leaf) {
  if (leaf.kind != Condition::Kind::values) return false;
  if (few(leaf)) return true;
  std::size_t left = corpus.words() / 8;
  for (const std::uint32_t id : leaf.values) {
    // A list has a price of its own.
    const std::size_t cost = corpus.core().counts(leaf.left.attribute, id).words + std::size_t{8};
    if (cost > left) return false;
    left -= cost;
  }
  return true;
}

Bits of_analyses(const Corpus& corpus, const Condition& leaf) {
  const columns::CoreFile& core = corpus.core();
  const Attribute attribute = leaf.left.attribute;
  Bits out(core.analyses() + 1);
  if (few(leaf)) {
    for (const std::uint32_t id : leaf.values) {
      for (const std::uint32_t analysis : core.holders(attribute, id)) out.set(analysis);
    }
    return out;
  }
  const Wanted wanted(leaf);
  const columns::Numbers& column = core.column(attribute);
  for (std::size_t i = 0; i < column.size(); ++i) {
    if (wanted(column[i])) out.set(i);
  }
  return out;
}

void add_postings(const Corpus& corpus, const Condition& leaf, Bits& words) {
  for (const std::uint32_t id : leaf.values) {
    const columns::Postings list = corpus.core().postings(leaf.left.attribute, id);
    for (auto at = list.cursor(); !at.done(); at.next()) words.set(at.word());
  }
}

Bits of_words(const Corpus& corpus, const Condition& leaf) {
  const Definition& row = attributes::definition(leaf.left.attribute);
  Bits out(corpus.words());
  if (row.level == Level::word && row.column != Column::implied && has_short_lists(corpus, leaf)) {
    add_postings(corpus, leaf, out);
    return out;
  }
  const Wanted wanted(leaf);
  const std::vector<std::uint32_t>& values = corpus.values(leaf.left.attribute);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (wanted(values[i])) out.set(i);
  }
  return out;
}

Bits of_positions(const Corpus& corpus, const Condition& leaf) {
  const Definition& row = attributes::definition(leaf.left.attribute);
  const Wanted wanted(leaf);
  Bits out(corpus.positions());
  if (row.level == Level::region) {
    // A segment may be in several of them.
    const RegionSpans& spans = corpus.regions(row.region);
    for (std::size_t i = 0; i < spans.begin.size(); ++i) {
      if (wanted(corpus.core().value(row.attribute, spans.number[i])))
        out.set_range(spans.begin[i], spans.end[i]);
    }
    return out;
  }
  const std::vector<std::uint32_t>& values = corpus.values(leaf.left.attribute);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (wanted(values[i])) out.set(i);
  }
  return out;
}

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
    if (row.level == Level::segment && few(condition)) {
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
