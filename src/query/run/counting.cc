#include "query/run/counting.h"

#include <algorithm>

#include "query/run/paged.h"

namespace kalima::query {
namespace {

// Every place where a span begins that is not empty; `length_of` becomes the length of the longest one there.
Bits begun(const Axis& axis, const Spans& spans, Paged<std::uint32_t>& length_of) {
  Bits known(axis.size());
  // The longest groups come first, so that each start is met once.
  for (auto group = spans.groups.rbegin(); group != spans.groups.rend() && group->length > 0; ++group) {
    const auto note = [&](std::size_t place) { length_of.at(place) = group->length; };
    if (group->starts.dense()) {
      Bits fresh = group->starts.bits();
      fresh.minus(known);
      fresh.each(note);
      known |= fresh;
    } else {
      for (const std::uint32_t place : group->starts.list()) {
        if (known.test(place)) continue;
        known.set(place);
        note(place);
      }
    }
  }
  return known;
}

// Every place that lies in a span that is not empty.
Bits covered_by_filled(const Axis& axis, const Spans& spans) {
  const auto filled = std::ranges::find_if(spans.groups, [](const Group& group) { return group.length > 0; });
  if (filled == spans.groups.end()) return Bits(axis.size());
  const std::uint32_t shortest = filled->length, longest = spans.groups.back().length;
  if (longest == 1) {
    Bits out(axis.size());
    for (auto group = filled; group != spans.groups.end(); ++group) group->starts.add_to(out, 0);
    return out;
  }
  Bits out(axis.size());
  std::size_t done = 0;
  const auto cover = [&](std::size_t place, std::size_t length) {
    const std::size_t end = std::min(place + length, axis.size());
    if (end > done) out.set_range(std::max(done, place), end);
    done = std::max(done, end);
  };
  if (filled + 1 == spans.groups.end()) {
    filled->starts.each([&](std::uint32_t place) { cover(place, longest); });
  } else {
    Paged<std::uint32_t> length_of(axis.size(), shortest);
    begun(axis, spans, length_of).each([&](std::size_t place) { cover(place, length_of[place]); });
  }
  return out;
}

// Every place that lies in a span; of an empty one that which it begins, or if they are `closing` ends.
Bits covered(const Axis& axis, const Spans& spans, bool closing) {
  Bits out = covered_by_filled(axis, spans);
  if (axis.size() == 0) return out;
  for (const Group& empty : spans.groups) {
    if (empty.length > 0) break;
    empty.starts.each([&](std::uint32_t place) {
      out.set(std::min<std::size_t>(closing ? place - 1 : place, axis.size() - 1));
    });
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
