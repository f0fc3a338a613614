#include "query/run/leaves.h"

namespace kalima::query {
namespace {

using attributes::Attribute;
using attributes::Column;
using attributes::Definition;
using attributes::Level;

// Whether reading the lists of words that have one of the values takes less than a look at every word.
bool has_short_lists(const Corpus& corpus, const Condition& leaf) {
  if (leaf.kind != Condition::Kind::values) return false;
  if (has_few_values(leaf)) return true;
  std::size_t left = corpus.words() / 8;
  for (const std::uint32_t id : leaf.values) {
    // A list has a price of its own.
    const std::size_t cost = corpus.core().counts(leaf.left.attribute, id).words + std::size_t{8};
    if (cost > left) return false;
    left -= cost;
  }
  return true;
}

}  // namespace

bool has_few_values(const Condition& leaf) {
  return leaf.kind == Condition::Kind::values && leaf.values.size() <= 64;
}

Bits of_analyses(const Corpus& corpus, const Condition& leaf) {
  const columns::CoreFile& core = corpus.core();
  const Attribute attribute = leaf.left.attribute;
  Bits out(core.analyses() + 1);
  if (has_few_values(leaf)) {
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

}  // namespace kalima::query
