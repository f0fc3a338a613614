#include "statistics/skipgrams.h"

#include <fmt/format.h>

#include <algorithm>

#include "corpus/repeated_runs.h"
#include "query/results/paging.h"
#include "statistics/row_queries.h"
#include "support/pair_numbers.h"

namespace kalima::statistics {
namespace {

constexpr std::uint32_t absent = query::nothing;

struct Skip {
  std::uint32_t first, n, gap;  // the word of its first place; the place of the gap, from 0
  std::uint32_t hits = 0, fillers = 0, verses = 0, surahs = 0;
  std::uint32_t last_verse = absent, last_surah = absent;
};

// The values of the words that are asked about; 0 for others.
std::vector<std::uint32_t> values_of(const query::Corpus& corpus, const Bits& words,
                                     attributes::Attribute attribute) {
  const std::vector<std::uint32_t>& values = corpus.values_of_words(attribute);
  std::vector<std::uint32_t> out(corpus.words(), 0);
  words.each([&](std::size_t word) { out[word] = values[word]; });
  return out;
}

// Those of `before` words, the gap, and `after` words, that are frequent enough.
// A run before or after the gap that occurs once only is in none that occurs twice.
void count(const query::Corpus& corpus, const Bits& words, const std::vector<std::uint32_t>& groups,
           const corpus::RepeatedRuns& runs, std::uint32_t before, std::uint32_t after,
           const NgramRequest& request, std::vector<Skip>& out, query::Guard& guard) {
  const std::vector<std::uint32_t>& values = corpus.values_of_words(request.attribute);
  const std::vector<std::uint32_t>& surahs = corpus.values(attributes::Attribute::surah_n);
  const auto bytes = static_cast<std::ptrdiff_t>(2 * PairNumbers::bytes(corpus.words()));
  if (!guard.take(bytes)) return;
  PairNumbers numbers(corpus.words()), fillers(corpus.words());
  std::vector<Skip> found;
  const std::uint32_t n = before + 1 + after;
  for (std::uint32_t word = 0; word + n <= corpus.words() && !guard.stop(); ++word) {
    const std::uint32_t gap = word + before;
    const std::uint32_t a = runs.at(before)[word], b = runs.at(after)[gap + 1];
    if (a == corpus::no_run || b == corpus::no_run || !words.test(gap) ||
        groups[word] != groups[word + n - 1])
      continue;
    const std::uint32_t number = numbers.of(a, b).first;
    if (number == found.size()) found.push_back({.first = word, .n = n, .gap = before});
    Skip& one = found[number];
    ++one.hits;
    if (fillers.of(number, values[gap]).second) ++one.fillers;
    if (one.last_verse != corpus.verse_of[word]) ++one.verses;
    one.last_verse = corpus.verse_of[word];
    if (one.last_surah != surahs[word]) ++one.surahs;
    one.last_surah = surahs[word];
  }
  std::ranges::copy_if(found, std::back_inserter(out),
                       [&](const Skip& one) { return one.hits >= request.min_hits && one.fillers >= 2; });
  guard.take(-bytes);
}

std::uint32_t number_of(const Skip& one, std::size_t order) {
  const std::uint32_t numbers[] = {one.hits, one.n, one.fillers, one.verses, one.surahs};
  return numbers[order];
}

}  // namespace

Sheet skipgrams(const Source& source, const Scope& scope, const Hits& hits, const NgramRequest& request,
                query::Guard& guard) {
  const query::Corpus& corpus = source.engine.corpus();
  Bits words = words_of(corpus, hits);
  words &= scope.words();
  const std::vector<std::uint32_t>& groups =
      request.over_verses ? corpus.values(attributes::Attribute::surah_n) : corpus.verse_of;
  const std::vector<std::uint32_t> counted = values_of(corpus, words, request.attribute);
  corpus::RepeatedRuns runs(counted, groups, true,
                            [&guard](std::ptrdiff_t bytes) { return guard.take(bytes) && !guard.stop(); });
  while (runs.length() + 2 < request.max_n && runs.kinds() > 0 && runs.grow()) {
  }
  std::vector<Skip> found;
  for (std::uint32_t n = std::max(request.min_n, 3U); n <= request.max_n && !guard.stop_now(); ++n) {
    for (std::uint32_t before = 1; before + 2 <= n && !guard.stop_now(); ++before) {
      if (before <= runs.length() && n - 1 - before <= runs.length())
        count(corpus, words, groups, runs, before, n - 1 - before, request, found, guard);
    }
  }
  const columns::CoreFile& core = corpus.core();
  const std::vector<std::uint32_t>& values = corpus.values_of_words(request.attribute);
  Sheet out;
  out.unit = "word";
  out.total = words.count();
  out.scope = scope.extent();
  out.notes = hits.found.notes();
  add_left_out(hits, out);
  out.fact_columns = skipgram_facts;
  out.facts = {std::uint64_t{found.size()}};
  out.keys.emplace_back(attributes::definition(request.attribute).name);
  out.columns = skipgram_columns;
  out.rows_total = found.size();
  query::keep_page(found, request.page.offset, request.page.limit, [&](const Skip& a, const Skip& b) {
    if (number_of(a, request.order) != number_of(b, request.order))
      return number_of(a, request.order) > number_of(b, request.order);
    if (a.hits != b.hits) return a.hits > b.hits;
    if (a.n != b.n) return a.n > b.n;
    return a.first != b.first ? a.first < b.first : a.gap < b.gap;
  });
  const RowQueries queries(source, scope, hits);
  for (const Skip& one : found) {
    if (guard.stop()) break;
    std::string text;
    std::vector<std::string> texts;
    for (std::uint32_t i = 0; i < one.n; ++i) {
      texts.push_back(i == one.gap ? std::string() : core.text(request.attribute, values[one.first + i]));
      (text += i == 0 ? "" : " ") += i == one.gap ? "_" : texts.back();
    }
    out.rows.push_back({{std::move(text)},
                        {std::uint64_t{one.n}, std::uint64_t{one.hits}, std::uint64_t{one.fillers},
                         std::uint64_t{one.verses}, std::uint64_t{one.surahs}},
                        queries.of_run(request.attribute, texts, request.over_verses)});
  }
  queries.explain(out);
  out.partial = hits.found.partial() || guard.cut() || scope.partial();
  return out;
}

}  // namespace kalima::statistics
