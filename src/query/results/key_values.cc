#include "query/results/key_values.h"

#include <algorithm>

namespace kalima::query {
namespace {

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

KeyValues::KeyValues(const Corpus& corpus, const Key& key)
    : corpus_(corpus),
      key_(key),
      values_(corpus, key.attribute),
      surahs_(corpus.values(attributes::Attribute::surah_n)),
      max_(max_of(corpus, key.attribute)) {}

std::uint32_t KeyValues::of_other(const Hit& hit) const {
  switch (key_.where) {
    case Key::Where::match:
      return values_.of_hit(hit);
    case Key::Where::capture: {
      const auto captured = std::ranges::find(hit.captures, key_.label, &Captured::label);
      if (captured == hit.captures.end()) return 0;
      return captured->hidden ? corpus_.value_of_node(key_.attribute, captured->node)
                              : values_.of_span(captured->begin, captured->end);
    }
    case Key::Where::before: {
      const HitWords words = words_of(corpus_, hit);
      // A tag alone has the words of its own surah on each side, which at a border are two.
      const std::uint32_t next = words.begin == words.end ? words.begin - 1 : words.begin;
      if (words.begin < key_.distance) return 0;
      const std::uint32_t word = words.begin - key_.distance;
      return surahs_[word] == surahs_[next] ? values_.of_word(word) : 0;
    }
    case Key::Where::after: {
      const HitWords words = words_of(corpus_, hit);
      const std::uint32_t next = words.begin == words.end ? words.end : words.end - 1;
      const std::uint64_t word = std::uint64_t{words.end} + key_.distance - 1;
      return word < corpus_.words() && surahs_[word] == surahs_[next]
                 ? values_.of_word(static_cast<std::uint32_t>(word))
                 : 0;
    }
  }
  return 0;
}

}  // namespace kalima::query
