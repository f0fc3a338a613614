#include "statistics/collocations.h"

#include <fmt/format.h>

#include <algorithm>

#include "query/results/edges.h"
#include "query/syntax/parser.h"
#include "statistics/ranking.h"
#include "statistics/row_queries.h"
#include "support/error.h"

namespace kalima::statistics {
namespace {

constexpr std::size_t counted_columns = collocation_columns.size() - associations.size();

// What is counted of one collocate.
struct Together {
  std::uint64_t both = 0, left = 0, right = 0, text = 0;
};

// O11, R1, C1 and N of all values, however they were counted.
struct Table {
  std::vector<Together> of;  // each value; the first is of missing ones
  std::uint64_t node = 0, all = 0;
  bool sided = true;  // left and right are known
};

Pair pair_of(const Together& counts, const Table& table) {
  return {static_cast<double>(counts.both), static_cast<double>(table.node), static_cast<double>(counts.text),
          static_cast<double>(table.all)};
}

double number_of(std::size_t order, const Together& counts, const Table& table) {
  const Pair pair = pair_of(counts, table);
  const double counted[counted_columns] = {pair.together, static_cast<double>(counts.left),
                                           static_cast<double>(counts.right), pair.collocate, expected(pair)};
  if (order < counted_columns) return counted[order];
  return order < collocation_columns.size() ? associations[order - counted_columns].value(pair) : 0;
}

std::vector<Cell> cells_of(const Together& counts, const Table& table) {
  std::vector<Cell> out{counts.both, table.sided ? Cell(counts.left) : Cell(),
                        table.sided ? Cell(counts.right) : Cell(), counts.text,
                        cell_of(expected(pair_of(counts, table)))};
  append_measures(out, pair_of(counts, table), associations);
  return out;
}

// The collocates of `table` that were asked for; `query_of` makes the query of a value's text.
template <typename QueryOf>
void add_rows(const Source& source, const Table& table, const NearRequest& request, Sheet& out,
              query::Guard& guard, QueryOf query_of) {
  const columns::CoreFile& core = source.engine.corpus().core();
  const std::string_view attribute = attributes::definition(request.attribute).name;
  std::vector<Ranked> ranked;
  std::uint64_t kinds = 0, seldom = 0;
  for (std::uint32_t value = 1; value < table.of.size() && !guard.stop(); ++value) {
    const Together& counts = table.of[value];
    if (counts.both == 0) continue;
    ++kinds;
    if (counts.both < request.min_together || counts.text < request.min_frequency) {
      ++seldom;
      continue;
    }
    const bool by_value = request.order >= collocation_columns.size();
    ranked.push_back({value, number_of(request.order, counts, table), by_value ? 0 : counts.both});
  }
  if (!table.of.empty() && table.of.front().both > 0)
    out.left_out.push_back({fmt::format("collocates whose {} is missing", attribute), table.of.front().both});
  if (seldom > 0) {
    std::string why =
        "values that occur together fewer than " + std::to_string(request.min_together) + " times";
    if (request.min_frequency > 1)
      why += fmt::format(", or in all fewer than {} times", request.min_frequency);
    out.left_out.push_back({std::move(why), seldom});
  }
  out.scope = {};
  out.facts = {std::uint64_t{0}, table.node, table.all, kinds};
  out.fact_columns = collocation_facts;
  out.columns = collocation_columns;
  out.rows_total = ranked.size();
  keep_ranked(ranked, request.page, source.ranks, request.attribute);
  for (const Ranked& one : ranked) {
    if (guard.stop()) break;
    const std::string text = core.text(request.attribute, one.value);
    out.rows.push_back({{text}, cells_of(table.of[one.value], table), query_of(text)});
  }
}

void add_basis(const Scope& scope, const Hits& hits, Sheet& out, const query::Guard& guard) {
  out.scope = scope.extent();
  out.facts.front() = hits.found.counts().hits;
  const std::vector<std::string>& notes = hits.found.notes();
  out.notes.insert(out.notes.end(), notes.begin(), notes.end());
  out.partial = hits.found.partial() || guard.cut() || scope.partial();
}

}  // namespace

Sheet collocations(const Source& source, const Scope& scope, const Hits& hits, const WindowRequest& request,
                   query::Guard& guard) {
  const UnitValues values(source.engine.corpus(), request.attribute, request.unit);
  const WindowCounts counts = counts_around(source.engine.corpus(), hits, scope.words(), values,
                                            request.window, request.convention, guard);
  Table table;
  table.node = counts.node;
  table.all = counts.all;
  for (std::size_t value = 0; value < values.size(); ++value) {
    table.of.push_back({counts.left[value] + counts.right[value], counts.left[value], counts.right[value],
                        counts.text[value]});
  }
  Sheet out;
  out.unit = fmt::format("{} within {} words before and {} after a hit, in its verse",
                         unit_names[static_cast<std::size_t>(request.unit)], request.window.left,
                         request.window.right);
  out.total = counts.around;
  out.keys.emplace_back(attributes::definition(request.attribute).name);
  if (request.convention == Convention::surface && counts.hit_words > 0)
    out.left_out.push_back({"words of the hits themselves", counts.hit_words});
  if (const std::uint64_t hidden = hits.found.counts().without_span; hidden > 0)
    out.left_out.push_back({"matches whose first node is not spoken", hidden});
  const RowQueries queries(source, scope, hits);
  add_rows(source, table, request, out, guard, [&](const std::string& value) {
    return request.convention == Convention::surface
               ? queries.around(request.window, counts, request.unit, request.attribute, value)
               : queries.pairs(request.window, counts, request.unit, request.attribute, value);
  });
  queries.explain(out);
  add_basis(scope, hits, out, guard);
  return out;
}

Sheet related(const Source& source, const Scope& scope, const Hits& hits, const EdgeRequest& request,
              const query::Options& options, query::Guard& guard) {
  const query::Query query = query::parse(request.query);
  if (hits.found.reading() != query::Reading::all) {
    throw Error(ErrorCode::bad_input, "collocates by relation are those of all spans that match",
                "leave out the reading");
  }
  Table table;
  table.sided = false;
  Sheet out;
  query::EdgeQuery edges;
  query::Grouping of_hits;
  std::optional<query::Found> of_edges;
  for (const bool all : {true, false}) {
    const query::EdgeQuery asked = query::query_of_edges(all ? nullptr : &query, request.within,
                                                         request.relation, request.up, hits.found.labels());
    query::Found found = source.engine.run(asked.text, options);
    const auto label = std::ranges::find(found.labels(), asked.label);
    query::Key key{.where = query::Key::Where::capture, .attribute = request.attribute};
    key.label = static_cast<std::uint32_t>(label - found.labels().begin());
    query::Grouping groups = query::grouped(source.engine, source.ranks, found, {key}, 0, UINT64_MAX, guard);
    for (const query::HitGroup& group : groups.groups) {
      table.of.resize(std::max<std::size_t>(table.of.size(), std::size_t{group.values[0]} + 1));
      Together& counts = table.of[group.values[0]];
      (all ? counts.text : counts.both) = group.hits;
    }
    (all ? table.all : table.node) = groups.hits;
    out.partial = out.partial || found.partial();
    if (all) continue;
    if (const std::uint64_t hidden = found.counts().without_span; hidden > 0)
      out.left_out.push_back({"edges of hits that are not spoken", hidden});
    edges = asked;
    of_hits = std::move(groups);
    of_edges.emplace(std::move(found));
  }
  if (table.all == 0 && !out.partial) {
    out.notes.push_back(
        fmt::format("relation: '{}' does not occur in the text that is searched", request.relation));
  }
  out.unit = fmt::format("edge {}", request.relation.empty() ? "of any relation" : request.relation);
  out.total = table.node;
  out.keys.emplace_back(attributes::definition(request.attribute).name);
  const std::vector<std::string>& labels = of_edges->labels();
  query::Key key{.where = query::Key::Where::capture, .attribute = request.attribute};
  key.label = static_cast<std::uint32_t>(std::ranges::find(labels, edges.label) - labels.begin());
  const RowQueries queries(source, scope, {*of_edges, edges.text, hits.sensitive});
  const bool partial = out.partial;
  add_rows(source, table, request, out, guard, [&](const std::string& value) {
    query::HitGroup group;
    group.values[0] = source.engine.corpus().core().find(request.attribute, value).value_or(0);
    return queries.of_group({key}, group, of_hits.inside_words);
  });
  queries.explain(out);
  add_basis(scope, hits, out, guard);
  out.partial = out.partial || partial;
  return out;
}

}  // namespace kalima::statistics
