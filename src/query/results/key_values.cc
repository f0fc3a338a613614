#include "query/results/key_values.h"

#include <algorithm>

namespace kalima::query {
namespace {

bool of_segments(attributes::Attribute attribute) {
  const attributes::Level level = attributes::definition(attribute).level;
  return level == attributes::Level::segment || level == attributes::Level::node;
}

// `values` has one for each segment position, or for each word.
std::uint32_t value_of_word(const Corpus& corpus, const std::vector<std::uint32_t>& values, bool by_segment,
                            std::uint32_t word) {
  if (!by_segment) return values[word];
  const std::uint32_t head = corpus.head_of_word[word];
  return head == nothing ? 0 : values[head];
}

// Of those of segments, words and regions, or of nodes that are not spoken.
std::uint32_t max_of(const Corpus& corpus, attributes::Attribute attribute) {
  const std::vector<std::uint32_t>& values = corpus.values(attribute);
  const std::uint32_t spoken = values.empty() ? 0 : *std::ranges::max_element(values);
  return std::max(spoken, corpus.core().values(attribute));
}

}  // namespace

HitWords words_of(const Corpus& corpus, const Hit& hit) {
  const auto words = static_cast<std::uint32_t>(corpus.words());
  if (hit.begin >= corpus.positions()) return {words, words};
  const std::uint32_t begin = corpus.word_of[hit.begin];
  return {begin, hit.end > hit.begin ? corpus.word_of[hit.end - 1] + 1 : begin};
}

std::uint32_t value_of_word(const Corpus& corpus, attributes::Attribute attribute, std::uint32_t word) {
  return value_of_word(corpus, corpus.values(attribute), of_segments(attribute), word);
}

KeyValues::KeyValues(const Corpus& corpus, const Key& key)
    : corpus_(corpus),
      key_(key),
      values_(corpus.values(key.attribute)),
      surahs_(corpus.values(attributes::Attribute::surah_n)),
      of_segments_(of_segments(key.attribute)),
      max_(max_of(corpus, key.attribute)) {}

std::uint32_t KeyValues::of_word(std::uint32_t word) const {
  return value_of_word(corpus_, values_, of_segments_, word);
}

std::uint32_t KeyValues::of_span(std::uint32_t begin, std::uint32_t end) const {
  if (begin >= end) return 0;
  if (of_segments_ && end - begin == 1) return values_[begin];
  return of_word(corpus_.word_of[begin]);
}

std::uint32_t KeyValues::of(const Hit& hit) const {
  switch (key_.where) {
    case Key::Where::match:
      return of_span(hit.begin, hit.end);
    case Key::Where::capture: {
      const auto captured = std::ranges::find(hit.captures, key_.label, &Captured::label);
      if (captured == hit.captures.end()) return 0;
      return captured->hidden ? corpus_.value_of_node(key_.attribute, captured->node)
                              : of_span(captured->begin, captured->end);
    }
    case Key::Where::before: {
      const HitWords words = words_of(corpus_, hit);
      // A tag alone has the words of its own surah on each side, which at a border are two.
      const std::uint32_t next = words.begin == words.end ? words.begin - 1 : words.begin;
      if (words.begin < key_.distance) return 0;
      const std::uint32_t word = words.begin - key_.distance;
      return surahs_[word] == surahs_[next] ? of_word(word) : 0;
    }
    case Key::Where::after: {
      const HitWords words = words_of(corpus_, hit);
      const std::uint32_t next = words.begin == words.end ? words.end : words.end - 1;
      const std::uint64_t word = std::uint64_t{words.end} + key_.distance - 1;
      return word < corpus_.words() && surahs_[word] == surahs_[next]
                 ? of_word(static_cast<std::uint32_t>(word))
                 : 0;
    }
  }
  return 0;
}

}  // namespace kalima::query
