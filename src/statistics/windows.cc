#include "statistics/windows.h"

#include <algorithm>

#include "query/results/key_values.h"

namespace kalima::statistics {
namespace {

using query::Corpus;
using query::Guard;
using query::HitWords;

// Words [begin, end) on one side of a hit.
struct Side {
  std::uint32_t begin, end;
};

// Words of a hit, and the verses in which it begins and ends.
struct HitPlace {
  HitWords words;
  std::uint32_t first_verse, last_verse;
};

Side left_of(const Corpus& corpus, const HitPlace& node, std::uint32_t size) {
  const std::uint32_t begin = node.words.begin, verse = corpus.verse_begin[node.first_verse];
  return {begin - std::min(size, begin - verse), begin};
}

Side right_of(const Corpus& corpus, const HitPlace& node, std::uint32_t size) {
  const std::uint32_t end = node.words.end, verse_end = corpus.verse_begin[node.last_verse + 1];
  return {end, end + std::min(size, verse_end - end)};
}

// Visits the words of each hit.
template <typename Visit>
void each_hit(const Corpus& corpus, const Hits& of, WindowCounts& out, Guard& guard, Visit visit) {
  for (query::Hits hits = of.found.hits(); !guard.stop() && hits.next();) {
    const query::Hit hit = hits.without_captures();
    const HitWords words = query::words_of(corpus, hit);
    const HitPlace node{words, corpus.verse_of[corpus.word_of[hit.first()]],
                        corpus.verse_of[corpus.word_of[hit.last()]]};
    if (words.begin < words.end) {
      if (corpus.first[words.begin] != hit.begin || corpus.first[words.end] != hit.end)
        out.inside_words = true;
      if (node.first_verse != node.last_verse) out.over_verses = true;
    }
    visit(node);
  }
}

void count_text(const UnitValues& values, const Bits& words, WindowCounts& out, Guard& guard) {
  ValueCounts counts = counts_of(values, words, guard);
  out.text = std::move(counts.of);
  out.all = counts.all;
}

void count_surface(const Corpus& corpus, const Hits& hits, const Bits& scope, const UnitValues& values,
                   const Window& window, WindowCounts& out, Guard& guard) {
  constexpr std::uint32_t far = query::nothing;
  // Of each word how far the next hit after it is, and the last one before it.
  std::vector<std::uint32_t> to_next(corpus.words(), far), to_last(corpus.words(), far);
  each_hit(corpus, hits, out, guard, [&](const HitPlace& node) {
    const Side left = left_of(corpus, node, window.left), right = right_of(corpus, node, window.right);
    for (std::uint32_t word = left.begin; word < left.end; ++word)
      to_next[word] = std::min(to_next[word], left.end - word);
    for (std::uint32_t word = right.begin; word < right.end; ++word)
      to_last[word] = std::min(to_last[word], word - right.begin + 1);
  });
  Bits nodes = words_of(corpus, hits);
  nodes &= scope;
  out.hit_words = nodes.count();
  Bits text = scope;
  text.minus(nodes);
  text.each([&](std::size_t word) {
    if (to_next[word] == far && to_last[word] == far) return;
    std::vector<std::uint64_t>& side = to_next[word] <= to_last[word] ? out.left : out.right;
    values.each(static_cast<std::uint32_t>(word), [&](std::uint32_t value) {
      ++side[value];
      ++out.around;
    });
  });
  out.node = out.around;
  count_text(values, text, out, guard);
}

void count_for_hits(const Corpus& corpus, const Hits& hits, const Bits& scope, const UnitValues& values,
                    const Window& window, WindowCounts& out, Guard& guard) {
  const auto count = [&](const Side& side, std::vector<std::uint64_t>& counts) {
    for (std::uint32_t word = side.begin; word < side.end; ++word) {
      if (!scope.test(word)) continue;
      values.each(word, [&](std::uint32_t value) {
        ++counts[value];
        ++out.around;
      });
    }
  };
  each_hit(corpus, hits, out, guard, [&](const HitPlace& node) {
    ++out.node;
    count(left_of(corpus, node, window.left), out.left);
    count(right_of(corpus, node, window.right), out.right);
  });
  out.hit_words = words_of(corpus, hits).count();
  count_text(values, scope, out, guard);
}

}  // namespace

WindowCounts counts_around(const Corpus& corpus, const Hits& hits, const Bits& scope,
                           const UnitValues& values, const Window& window, Convention convention,
                           Guard& guard) {
  WindowCounts out;
  out.left.resize(values.size());
  out.right.resize(values.size());
  if (corpus.words() == 0) {
    out.text.resize(values.size());
    return out;
  }
  if (convention == Convention::surface) {
    count_surface(corpus, hits, scope, values, window, out, guard);
  } else {
    count_for_hits(corpus, hits, scope, values, window, out, guard);
  }
  return out;
}

}  // namespace kalima::statistics
