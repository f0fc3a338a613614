#include "statistics/keyness.h"

#include <fmt/format.h>

#include "statistics/ranking.h"

namespace kalima::statistics {
namespace {

constexpr std::size_t own_columns = keyness_columns.size() - keynesses.size();

Bits taken_of(const query::Corpus& corpus, const Hits& hits, Taken taken, const Bits& scope) {
  Bits out = words_of(corpus, hits);
  if (taken == Taken::verses) {
    Bits verses(corpus.words());
    std::uint32_t last = query::nothing;
    out.each([&](std::size_t word) {
      const std::uint32_t verse = corpus.verse_of[word];
      if (verse == last) return;
      last = verse;
      verses.set_range(corpus.verse_begin[verse], corpus.verse_begin[verse + 1]);
    });
    out = std::move(verses);
  }
  out &= scope;
  return out;
}

double share_of(std::uint64_t hits, std::uint64_t all) {
  return static_cast<double>(hits) / static_cast<double>(all);
}

}  // namespace

Sheet keyness(const Source& source, const Scope& scope, const Hits& hits, const Hits* other,
              const KeynessRequest& request, query::Guard& guard) {
  const query::Corpus& corpus = source.engine.corpus();
  const UnitValues values(corpus, request.attribute, request.unit);
  const Bits words = taken_of(corpus, hits, request.taken, scope.words());
  Bits rest = scope.words();
  Sheet out;
  if (other != nullptr) {
    rest = taken_of(corpus, *other, request.taken, scope.words());
    Bits both = rest;
    both &= words;
    if (const std::size_t shared = both.count(); shared > 0)
      out.left_out.push_back({"words of both, which are not compared with themselves", shared});
  }
  rest.minus(words);
  const ValueCounts own = counts_of(values, words, guard), others = counts_of(values, rest, guard);
  const auto halves = [&](std::uint32_t value) {
    return Halves{static_cast<double>(own.of[value]), static_cast<double>(own.all),
                  static_cast<double>(others.of[value]), static_cast<double>(others.all)};
  };
  const auto counted = [&](std::uint32_t value) {
    return std::vector<Cell>{own.of[value], cell_of(1e4 * share_of(own.of[value], own.all)), others.of[value],
                             cell_of(1e4 * share_of(others.of[value], others.all))};
  };
  const auto number = [&](std::uint32_t value) {
    if (request.order >= keyness_columns.size()) return 0.0;
    if (request.order >= own_columns) {
      const Measure<Halves>& measure = keynesses[request.order - own_columns];
      return measure.small_is_strong ? -measure.value(halves(value)) : measure.value(halves(value));
    }
    return request.order < 2 ? static_cast<double>(own.of[value]) : static_cast<double>(others.of[value]);
  };
  std::vector<Ranked> ranked;
  std::uint64_t kinds = 0, seldom = 0;
  for (std::uint32_t value = 1; value < values.size() && !guard.stop(); ++value) {
    if (own.of[value] + others.of[value] == 0) continue;
    ++kinds;
    if (own.of[value] < request.min_hits) {
      ++seldom;
      continue;
    }
    ranked.push_back({value, number(value), request.order >= keyness_columns.size() ? 0 : own.of[value]});
  }
  const std::string_view attribute = attributes::definition(request.attribute).name;
  const std::string_view unit = unit_names[static_cast<std::size_t>(request.unit)];
  if (own.of.front() + others.of.front() > 0) {
    out.left_out.push_back(
        {fmt::format("{}s whose {} is missing; they are counted in n1 and n2", unit, attribute),
         own.of.front() + others.of.front()});
  }
  if (seldom > 0) {
    out.left_out.push_back(
        {request.min_hits == 1
             ? std::string("values that do not occur in the words asked about")
             : fmt::format("values with fewer than {} hits in the words asked about", request.min_hits),
         seldom});
  }
  out.unit = unit;
  out.total = own.all + others.all;
  out.scope = scope.extent();
  add_left_out(hits, out);
  out.notes = hits.found.notes();
  if (other != nullptr) {
    for (const std::string& note : other->found.notes()) out.notes.push_back("against: " + note);
  }
  if (own.all > 0 && others.all == 0) {
    out.notes.emplace_back(other != nullptr
                               ? "against: it has no other words in the text that is searched"
                               : "the query takes all words of the text, so nothing is left to compare with");
  }
  out.fact_columns = keyness_facts;
  out.facts = {own.all, others.all, kinds};
  out.keys.emplace_back(attribute);
  out.columns = keyness_columns;
  out.rows_total = ranked.size();
  keep_ranked(ranked, request.page, source.ranks, request.attribute);
  const RowQueries queries(source, scope, hits);
  for (const Ranked& one : ranked) {
    if (guard.stop()) break;
    const std::string text = corpus.core().text(request.attribute, one.value);
    Row row{{text}, counted(one.value), {}};
    append_measures(row.cells, halves(one.value), keynesses);
    row.query = queries.of_words(request.taken, request.unit, request.attribute, {text});
    out.rows.push_back(std::move(row));
  }
  queries.explain(out);
  out.partial =
      hits.found.partial() || (other != nullptr && other->found.partial()) || guard.cut() || scope.partial();
  return out;
}

}  // namespace kalima::statistics
