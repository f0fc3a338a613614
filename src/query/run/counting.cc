#include "query/run/counting.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace kalima::query {
namespace {

// Every place that lies in a span.
Bits covered(const Axis& axis, const Spans& spans, bool closing) {
  Bits out(axis.size()), known(axis.size());
  // Of each start the longest span; the longest groups come first, so that each start is met once.
  std::vector<std::uint32_t> longest(axis.size(), 0);
  for (auto group = spans.groups.rbegin(); group != spans.groups.rend() && group->length > 0; ++group) {
    const std::uint32_t length = group->length;
    if (!group->starts.dense()) {
      for (const std::uint32_t place : group->starts.list()) {
        if (longest[place] != 0) continue;
        longest[place] = length;
        known.set(place);
      }
      continue;
    }
    const Bits& bits = group->starts.bits();
    for (std::size_t i = 0; i < known.blocks(); ++i) {
      std::uint64_t fresh = bits.block(i) & ~known.block(i);
      known.block(i) |= fresh;
      for (; fresh != 0; fresh &= fresh - 1)
        longest[i * 64 + static_cast<std::size_t>(std::countr_zero(fresh))] = length;
    }
  }
  std::size_t done = 0;
  known.each([&](std::size_t place) {
    const std::size_t end = std::min(place + longest[place], axis.size());
    if (end > done) out.set_range(std::max(done, place), end);
    done = std::max(done, end);
  });
  if (!spans.groups.empty() && spans.groups.front().length == 0 && axis.size() > 0) {
    for (const Group& empty : spans.groups) {
      if (empty.length > 0) break;
      empty.starts.each([&](std::uint32_t place) {
        out.set(std::min<std::size_t>(closing ? place - 1 : place, axis.size() - 1));
      });
    }
  }
  return out;
}

}  // namespace

Bits covered_words(const Axis& axis, const Spans& spans, bool closing) {
  Bits places = covered(axis, spans, closing);
  if (axis.words()) return places;
  Bits out(axis.corpus().words());
  places.each([&](std::size_t place) { out.set(axis.word_at(static_cast<std::uint32_t>(place))); });
  return out;
}

Counts count(const Axis& axis, const Spans& spans, bool closing) {
  Counts out;
  for (std::size_t i = 0; i < spans.groups.size();) {
    const std::uint32_t length = spans.groups[i].length;
    const std::size_t first = i;
    for (; i < spans.groups.size() && spans.groups[i].length == length; ++i)
      out.hits += spans.groups[i].starts.count();
    if (i - first == 1) {
      out.spans += spans.groups[first].starts.count();
      continue;
    }
    Bits distinct(axis.size() + 1);
    for (std::size_t j = first; j < i; ++j) spans.groups[j].starts.add_to(distinct, 0);
    out.spans += distinct.count();
  }
  for (const Group& group : spans.without_span) out.without_span += group.starts.count();
  const Corpus& corpus = axis.corpus();
  std::uint32_t last_word = nothing, last_verse = nothing;
  covered(axis, spans, closing).each([&](std::size_t place) {
    const std::uint32_t word = axis.word_at(static_cast<std::uint32_t>(place));
    if (word == last_word) return;
    last_word = word;
    ++out.words;
    if (corpus.verse_of[word] == last_verse) return;
    last_verse = corpus.verse_of[word];
    ++out.verses;
  });
  return out;
}

}  // namespace kalima::query
