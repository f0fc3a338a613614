#include "cli/stats_options.h"

#include <fmt/format.h>

#include <chrono>

#include "app/index.h"
#include "cli/saved_names.h"
#include "cli/sheet_table.h"
#include "cli/terminal.h"
#include "query/results/rewriting.h"
#include "query/results/tables.h"
#include "statistics/exports.h"
#include "statistics/structure.h"
#include "support/clock.h"
#include "support/stop.h"

namespace kalima::cli::stats {
namespace {

constexpr std::uint64_t rows_of_table = 30;

void write_export(const StatsOptions& options, const columns::CoreFile& core,
                  const statistics::Sheet& sheet) {
  query::Heading heading = statistics::heading_of(sheet);
  heading.query = options.query;
  heading.corpus = fmt::format("{} verses, identity {}", core.verses(), core.identity());
  heading.date = utc_iso_time(std::chrono::system_clock::now());
  if (!options.within.empty())
    heading.more.insert(heading.more.begin(), query::Heading::Fact{"within", options.within});
  query::TableExport table(query::format_at(place_in(format_names, options.format)),
                           statistics::columns_of(sheet));
  std::string out;
  table.append_heading(out, heading);
  for (const statistics::Row& row : sheet.rows) {
    table.append_row(out, statistics::cells_of(row));
    if (out.size() < 1u << 16) continue;
    write_output(out);
    stop::check();
    out.clear();
  }
  table.append_end(out);
  write_output(out);
}

int answer(const StatsOptions& options, const std::vector<std::string>& shown, const Make& make) {
  const std::filesystem::path database = database_path(options.database);
  const columns::CoreFile core = app::open_core(database);
  const query::Engine engine(core, names_in(database));
  const query::Ranks ranks(core);
  query::Options asked;
  asked.sensitive = options.sensitive;
  asked.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(options.timeout);
  asked.cancelled = [] { return stop::requested() != 0; };
  std::string text = options.query;
  if (!options.within.empty()) {
    engine.explain(text, asked);  // errors have their place in what was typed
    text = in_context(of_option("within"), [&] { return query::restricted(text, options.within); });
  }
  const statistics::Scope scope =
      in_context(of_option("within"), [&] { return statistics::Scope(engine, options.within, asked); });
  const query::Found found = engine.run(text, asked);
  stop::check();
  statistics::PairCache pairs;
  query::Guard guard(asked);
  const bool for_people = options.format == format_names[0] && !options.graphml;
  const statistics::Page page{options.offset,
                              options.limit.value_or(for_people ? rows_of_table : UINT64_MAX)};
  const statistics::Sheet sheet =
      make({engine, ranks, pairs}, scope, {found, text, asked.sensitive}, page, asked, guard);
  stop::check();
  if (options.graphml) {
    write_output(statistics::graphml_of(sheet));
  } else if (for_people) {
    const Screen screen = screen_of_output();
    write_output(summary_of(sheet));
    write_output(table_of(sheet, shown, options.sort, screen));
    const std::uint64_t end = options.offset + sheet.rows.size();
    if (end < sheet.rows_total)
      say("… {} more; --limit shows more of them\n", with_commas(sheet.rows_total - end));
  } else {
    write_export(options, core, sheet);
  }
  if (sheet.partial) warn("kalima: time or memory ran out: this is not all\n");
  return 0;
}

}  // namespace

int run(const StatsOptions& options, const std::vector<std::string>& shown, const Make& make) {
  try {
    return answer(options, shown, make);
  } catch (const query::QueryError& e) {  // shows the place, which the message alone names by its column
    warn("kalima: {}\n{}", e.what(), e.shown());
    if (!e.cure().empty()) warn("  {}\n", e.cure());
    return e.kind().exit_code;
  }
}

}  // namespace kalima::cli::stats
