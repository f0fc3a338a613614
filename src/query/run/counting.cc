#include "query/run/counting.h"

#include <algorithm>

namespace kalima::query {
namespace {

// Every place that lies in a span.
Bits covered(const Axis& axis, const Spans& spans) {
  Bits out(axis.size());
  // Starts of spans longer than `length`, from the longest down: their place + length is covered.
  Bits longer(axis.size());
  bool dense = false;
  std::size_t group = spans.groups.size();
  const std::uint32_t longest = group == 0 ? 0 : spans.groups.back().length;
  for (std::uint32_t length = longest; length-- > 0;) {
    for (; group > 0 && spans.groups[group - 1].length > length; --group) {
      spans.groups[group - 1].starts.add_to(longer, 0);
      dense = true;
    }
    if (!dense) continue;
    // Shifted by `length`.
    for (std::size_t i = 0; i < longer.blocks(); ++i) {
      const std::uint64_t block = longer.block(i);
      if (block == 0) continue;
      const std::size_t at = i + length / 64, shift = length % 64;
      if (at < out.blocks()) out.block(at) |= block << shift;
      if (shift != 0 && at + 1 < out.blocks()) out.block(at + 1) |= block >> (64 - shift);
    }
  }
  if (!spans.groups.empty() && spans.groups.front().length == 0 && axis.size() > 0) {
    for (const Group& empty : spans.groups) {
      if (empty.length > 0) break;
      empty.starts.each([&](std::uint32_t place) { out.set(std::min<std::size_t>(place, axis.size() - 1)); });
    }
  }
  return out;
}

}  // namespace

Counts count(const Axis& axis, const Spans& spans) {
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
  covered(axis, spans).each([&](std::size_t place) {
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
