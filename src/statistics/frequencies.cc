#include "statistics/frequencies.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "statistics/row_queries.h"

namespace kalima::statistics {
namespace {

double ratio(std::uint64_t of, std::uint64_t all) {
  return static_cast<double>(of) / static_cast<double>(all);
}

// What both kinds of table have in common.
class Frequencies {
 public:
  Frequencies(const Source& source, const Scope& scope, const Hits& hits, const std::vector<query::Key>& keys)
      : core_(source.engine.corpus().core()),
        scope_(scope),
        hits_(hits),
        keys_(keys),
        queries_(source, scope, hits) {}

  Sheet sheet(const query::Grouping& grouping, const query::GroupChoice& choice) const {
    Sheet out;
    out.unit = "hit";
    out.total = grouping.hits;
    out.scope = scope_.extent();
    if (grouping.missing_hits > 0)
      out.left_out.push_back({keys_.size() == 1 ? "hits in which the value is missing"
                                                : "hits in which one of the values is missing",
                              grouping.missing_hits});
    if (const std::uint64_t unlisted = grouping.kinds - grouping.total; unlisted > 0)
      out.left_out.push_back({reason(choice), unlisted});
    if (const std::uint64_t hidden = hits_.found.counts().without_span; hidden > 0)
      out.left_out.push_back({"matches whose first node is not spoken", hidden});
    out.notes = hits_.found.notes();
    for (const query::Key& key : keys_) out.keys.push_back(query::name_of(key, hits_.found.labels()));
    out.rows_total = grouping.total;
    out.facts = {grouping.kinds, grouping.once, grouping.in_one_surah};
    return out;
  }

  Row row(const query::HitGroup& group, const query::Grouping& grouping) const {
    Row out;
    for (std::size_t key = 0; key < keys_.size(); ++key)
      out.values.push_back(core_.text(keys_[key].attribute, group.values[key]));
    out.cells = {group.hits, cell_of(1e4 * ratio(group.hits, scope_.extent().words)),
                 cell_of(ratio(group.hits, grouping.hits)), group.verses, group.surahs};
    out.query = queries_.of_group(keys_, group, grouping.inside_words);
    return out;
  }

  void explain(Sheet& sheet) const { queries_.explain(sheet); }

 private:
  static std::string reason(const query::GroupChoice& choice) {
    std::string out = "values with";
    if (choice.min_hits > 1) out += fmt::format(" fewer than {} hits,", choice.min_hits);
    if (choice.max_hits < UINT64_MAX)
      out += fmt::format(" more than {} hit{},", choice.max_hits, choice.max_hits == 1 ? "" : "s");
    if (choice.max_surahs < UINT64_MAX) {
      out +=
          fmt::format(" hits in more than {} surah{},", choice.max_surahs, choice.max_surahs == 1 ? "" : "s");
    }
    out.pop_back();
    if (const std::size_t comma = out.rfind(','); comma != std::string::npos) out.replace(comma, 1, " or");
    return out;
  }

  const columns::CoreFile& core_;
  const Scope& scope_;
  const Hits& hits_;
  const std::vector<query::Key>& keys_;
  RowQueries queries_;
};

using Totals = std::unordered_map<std::uint32_t, std::uint64_t>;

}  // namespace

Sheet frequencies(const Source& source, const Scope& scope, const Hits& hits,
                  const std::vector<query::Key>& keys, const query::GroupChoice& choice, const Page& page,
                  query::Guard& guard) {
  const query::Grouping grouping =
      query::grouped(source.engine, source.ranks, hits.found, keys, page.offset, page.limit, guard, choice);
  const Frequencies made(source, scope, hits, keys);
  Sheet out = made.sheet(grouping, choice);
  out.fact_columns = frequency_facts;
  out.columns = frequency_columns;
  for (const query::HitGroup& group : grouping.groups) {
    if (guard.stop()) break;
    out.rows.push_back(made.row(group, grouping));
  }
  made.explain(out);
  out.partial = hits.found.partial() || guard.cut() || scope.partial();
  return out;
}

Sheet cross_table(const Source& source, const Scope& scope, const Hits& hits,
                  const std::vector<query::Key>& keys, const query::GroupChoice& choice, const Page& page,
                  query::Guard& guard) {
  query::GroupChoice all = choice;
  all.missing = false;
  all.min_hits = 1;
  all.max_hits = all.max_surahs = UINT64_MAX;
  query::Grouping grouping =
      query::grouped(source.engine, source.ranks, hits.found, keys, 0, UINT64_MAX, guard, all);
  Totals first, second;
  std::uint64_t whole = 0;
  for (const query::HitGroup& group : grouping.groups) {
    first[group.values[0]] += group.hits;
    second[group.values[1]] += group.hits;
    whole += group.hits;
  }
  const auto n = static_cast<double>(whole);
  const auto expected = [&](const query::HitGroup& group) {
    return static_cast<double>(first[group.values[0]]) * static_cast<double>(second[group.values[1]]) / n;
  };
  // Of combinations that do not occur (0 - E)^2 / E = E, and all E together are N.
  double chi_squared = 0, occurring = 0;
  for (const query::HitGroup& group : grouping.groups) {
    const double e = expected(group), off = static_cast<double>(group.hits) - e;
    chi_squared += off * off / e;
    occurring += e;
  }
  if (grouping.groups.size() < first.size() * second.size()) chi_squared += n - occurring;
  std::erase_if(grouping.groups, [&](const query::HitGroup& group) {
    return group.hits < choice.min_hits || group.hits > choice.max_hits || group.surahs > choice.max_surahs;
  });
  grouping.total = grouping.groups.size();

  const Frequencies made(source, scope, hits, keys);
  Sheet out = made.sheet(grouping, choice);
  out.fact_columns = table_facts;
  out.columns = cell_columns;
  const std::uint64_t smaller = std::min(first.size(), second.size());
  out.facts.insert(
      out.facts.end(),
      {std::uint64_t{first.size()}, std::uint64_t{second.size()}, cell_of(chi_squared),
       first.empty() ? Cell() : Cell(std::uint64_t{(first.size() - 1) * (second.size() - 1)}),
       smaller < 2 ? Cell() : cell_of(std::sqrt(chi_squared / (n * static_cast<double>(smaller - 1))))});
  for (std::uint64_t i = page.offset; i < grouping.total && i - page.offset < page.limit; ++i) {
    if (guard.stop()) break;
    const query::HitGroup& group = grouping.groups[i];
    Row row = made.row(group, grouping);
    const std::uint64_t in_first = first[group.values[0]], in_second = second[group.values[1]];
    const double e = expected(group), off = static_cast<double>(group.hits) - e;
    row.cells.insert(row.cells.end(), {in_first, in_second, cell_of(e), cell_of(off / std::sqrt(e)),
                                       cell_of(off / std::sqrt(e * (1 - static_cast<double>(in_first) / n) *
                                                               (1 - static_cast<double>(in_second) / n)))});
    out.rows.push_back(std::move(row));
  }
  made.explain(out);
  out.partial = hits.found.partial() || guard.cut() || scope.partial();
  return out;
}

}  // namespace kalima::statistics
