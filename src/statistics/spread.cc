#include "statistics/spread.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "statistics/row_queries.h"
#include "support/error.h"

namespace kalima::statistics {
namespace {

using attributes::Attribute;
using attributes::Region;

// The parts that have words in the scope, in the order of the text.
struct Divided {
  std::vector<std::uint32_t> number;                  // of each part, in the core file
  std::vector<std::uint64_t> words, hits;             // of each part
  std::vector<std::uint64_t> places;                  // words of the scope's parts before each hit
  std::uint64_t outside_words = 0, outside_hits = 0;  // in no part
};

Divided divided(const query::Corpus& corpus, const query::Found& found, const Bits& scope, Region region,
                query::Guard& guard) {
  const query::RegionSpans& spans = corpus.regions(region);
  std::vector<std::uint32_t> part_of(corpus.words(), query::nothing);
  std::vector<std::uint32_t> before(corpus.words() + 1, 0);
  Divided out;
  for (std::size_t i = 0; i < spans.begin.size(); ++i) {
    if (spans.begin[i] >= spans.end[i]) continue;
    std::uint64_t words = 0;
    // All kinds of parts begin and end between words.
    const std::uint32_t first = corpus.word_of[spans.begin[i]], last = corpus.word_of[spans.end[i] - 1];
    for (std::uint32_t word = first; word <= last; ++word) {
      if (!scope.test(word)) continue;
      part_of[word] = static_cast<std::uint32_t>(out.words.size());
      ++words;
    }
    if (words == 0) continue;
    out.words.push_back(words);
    out.number.push_back(spans.number[i]);
  }
  for (std::size_t word = 0; word < corpus.words(); ++word) {
    const bool in_part = part_of[word] != query::nothing;
    before[word + 1] = before[word] + (in_part ? 1 : 0);
    if (scope.test(word) && !in_part) ++out.outside_words;
  }
  out.hits.resize(out.words.size());
  for (query::Hits hits = found.hits(); !guard.stop() && hits.next();) {
    // Of an end tag alone, where the region ends.
    const std::uint32_t word = corpus.word_of[hits.without_captures().first()];
    if (part_of[word] == query::nothing) {
      ++out.outside_hits;
      continue;
    }
    ++out.hits[part_of[word]];
    out.places.push_back(before[word]);
    if (out.places.size() % 4096 == 0) guard.take(4096 * sizeof(std::uint64_t));
  }
  return out;
}

}  // namespace

Sheet spread(const Source& source, const Scope& scope, const Hits& hits, const SpreadRequest& request,
             query::Guard& guard) {
  const query::Corpus& corpus = source.engine.corpus();
  const columns::CoreFile& core = corpus.core();
  const Region region = spread_parts[request.parts];
  const bool surahs = region == Region::surah;
  if (request.order == PartOrder::revelation && !surahs) {
    throw Error(ErrorCode::bad_input, "only surahs have an order of revelation",
                "choose the parts surah, or another order");
  }
  const Divided parts = divided(corpus, hits.found, scope.words(), region, guard);
  const std::uint64_t words = std::accumulate(parts.words.begin(), parts.words.end(), std::uint64_t{0});
  Sheet out;
  out.unit = "hit";
  out.total = hits.found.counts().hits;
  out.scope = scope.extent();
  out.notes = hits.found.notes();
  const std::string_view name = spread_part_names[request.parts];
  if (parts.outside_words > 0)
    out.left_out.push_back({fmt::format("words in no {}", name), parts.outside_words});
  if (parts.outside_hits > 0)
    out.left_out.push_back({fmt::format("hits in no {}", name), parts.outside_hits});
  if (const std::uint64_t hidden = hits.found.counts().without_span; hidden > 0)
    out.left_out.push_back({"matches whose first node is not spoken", hidden});
  const RowQueries queries(source, scope, hits);
  out.fact_columns = spread_facts;
  out.facts = {std::uint64_t{parts.words.size()}};
  append_measures(out.facts, Parts{parts.hits, parts.words, parts.places, words}, spreads);
  const Attribute number = *attributes::find(region, "n");
  out.keys = {std::string(attributes::definition(number).name)};
  if (surahs) out.keys.insert(out.keys.end(), {"surah_name", "surah_place"});
  out.columns = spread_columns;
  out.rows_total = parts.words.size();

  std::vector<std::size_t> order(parts.words.size());
  std::iota(order.begin(), order.end(), 0);
  const auto revealed = [&](std::size_t part) {
    return core.value(Attribute::surah_order, parts.number[part]);
  };
  const auto density = [&](std::size_t part) {
    return static_cast<double>(parts.hits[part]) / static_cast<double>(parts.words[part]);
  };
  if (request.order == PartOrder::revelation)
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return revealed(a) < revealed(b); });
  if (request.order == PartOrder::density)
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return density(a) > density(b); });
  std::uint64_t hits_so_far = 0, words_so_far = 0;
  for (std::size_t i = 0; i < order.size() && !guard.stop(); ++i) {
    const std::size_t part = order[i];
    hits_so_far += parts.hits[part];
    words_so_far += parts.words[part];
    if (i < request.page.offset || i - request.page.offset >= request.page.limit) continue;
    const std::uint32_t of = parts.number[part];
    Row row;
    row.values.push_back(std::to_string(core.regions(region).number(of)));
    if (surahs) {
      for (const Attribute attribute : {Attribute::surah_name, Attribute::surah_place})
        row.values.push_back(core.text(attribute, core.value(attribute, of)));
    }
    row.cells = {parts.words[part],
                 parts.hits[part],
                 cell_of(1e4 * density(part)),
                 hits_so_far,
                 words_so_far,
                 surahs && revealed(part) > 0 ? Cell(std::uint64_t{revealed(part) - 1}) : Cell()};
    // A part that is in several pieces has a row for each, and one number.
    const std::uint32_t part_number = core.regions(region).number(of);
    const bool whole = std::ranges::count(parts.number, part_number, [&](std::uint32_t one) {
                         return core.regions(region).number(one);
                       }) == 1;
    query::HitGroup group;
    group.values[0] = part_number + 1;
    if (whole) row.query = queries.of_group({{.attribute = number}}, group, false);
    out.rows.push_back(std::move(row));
  }
  queries.explain(out);
  out.partial = hits.found.partial() || guard.cut() || scope.partial();
  return out;
}

}  // namespace kalima::statistics
