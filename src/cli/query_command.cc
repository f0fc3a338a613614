// kalima query: a question to the corpus, answered without a server.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <optional>

#include "app/index.h"
#include "cli/command.h"
#include "cli/command_line.h"
#include "cli/concordance.h"
#include "cli/saved_names.h"
#include "cli/terminal.h"
#include "query/query.h"
#include "query/results/exports.h"
#include "query/results/grouping.h"
#include "query/results/keys.h"
#include "query/results/ordinals.h"
#include "query/results/relaxing.h"
#include "query/results/rewriting.h"
#include "query/syntax/parser.h"
#include "support/clock.h"
#include "support/error.h"
#include "support/stop.h"
#include "text/ladder.h"

namespace kalima::cli {
namespace {

constexpr auto format_names = query::format_names_after<query::line_formats>("table");
constexpr std::string_view reading_names[] = {"all", "shortest", "standard", "longest"};
constexpr std::uint64_t lines_of_table = 50, max_count = 1'000'000'000;
constexpr std::uint32_t default_context = 5;

struct QueryOptions {
  std::string database, query, format = "table", sort, group, columns, within, reading;
  std::optional<std::uint64_t> limit, sample;
  std::optional<std::uint64_t> seed;
  std::optional<std::uint32_t> context;
  std::uint64_t offset = 0, timeout = 60'000;
  bool sensitive = false;
};

template <typename Names>
std::size_t place_in(const Names& names, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(names, name) - std::begin(names));
}

// What an Error about the value of an option says first.
auto of_option(std::string_view name) {
  return [name] { return ErrorContext{.message = "--" + std::string(name)}; };
}

std::vector<query::Key> keys_of(std::string_view option, const std::string& text, const query::Found& found,
                                std::size_t max, bool may_descend) {
  if (text.empty()) return {};
  return in_context(of_option(option),
                    [&] { return query::read_keys(text, found.labels(), max, may_descend); });
}

class Command {
 public:
  explicit Command(const QueryOptions& options)
      : options_(options),
        core_(app::open_core(database_path(options.database))),
        engine_(core_, names_in(database_path(options.database))),
        ranks_(core_),
        screen_(screen_of_output()) {
    asked_.sensitive = options.sensitive;
    if (!options.reading.empty())
      asked_.reading = static_cast<query::Reading>(place_in(reading_names, options.reading));
    asked_.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(options.timeout);
    asked_.cancelled = [] { return stop::requested() != 0; };
    asked_.names = engine_.names();
  }

  int run() {
    refuse_idle();
    if (!options_.columns.empty())
      columns_ = in_context(of_option("columns"),
                            [&] { return query::read_columns(options_.columns, list_of_attributes()); });
    std::string text = options_.query;
    if (!options_.within.empty()) {
      engine_.explain(text, asked_);  // errors have their place in what was typed
      text = in_context(of_option("within"), [&] { return query::restricted(text, options_.within); });
    }
    const query::Found found = engine_.run(text, asked_);
    stop::check();
    const auto groups = keys_of("group", options_.group, found, query::max_group_keys, false);
    wanted_.sort = keys_of("sort", options_.sort, found, query::max_sort_keys, true);
    if (options_.sample) wanted_.sample = {*options_.sample, options_.seed.value_or(0)};
    query::Guard guard(asked_);
    if (groups.empty()) {
      write_lines(found, text, guard);
    } else {
      write_groups(found, groups, text, guard);
    }
    if (found.partial() || guard.cut()) warn("kalima: time or memory ran out: this is not all\n");
    return 0;
  }

 private:
  // Options that would change nothing.
  void refuse_idle() const {
    const auto refuse = [](std::string message, std::string cure) {
      throw Error(ErrorCode::bad_input, std::move(message), std::move(cure));
    };
    if (!options_.group.empty()) {
      for (const auto& [name, given] :
           {std::pair("--sort", !options_.sort.empty()), std::pair("--columns", !options_.columns.empty()),
            std::pair("--context", options_.context.has_value()),
            std::pair("--sample", options_.sample.has_value())}) {
        if (given)
          refuse(fmt::format("{} is of lines, which --group has none of", name),
                 fmt::format("leave out --group or {}", name));
      }
    }
    if (options_.seed && !options_.sample)
      refuse("--seed is of a sample, which is not asked for", "add --sample N, or leave it out");
  }

  std::uint32_t context() const { return options_.context.value_or(default_context); }
  bool for_people() const { return options_.format == format_names[0]; }
  query::Format format() const { return query::format_at(place_in(format_names, options_.format)); }

  query::Heading heading(const query::Found& found) const {
    const query::Counts& counts = found.counts();
    query::Heading out;
    out.query = options_.query;
    out.corpus = fmt::format("{} verses, identity {}", core_.verses(), core_.identity());
    out.date = utc_iso_time(std::chrono::system_clock::now());
    if (!options_.within.empty()) out.more.push_back({"within", options_.within});
    out.more.push_back({"reading", std::string(reading_names[static_cast<std::size_t>(found.reading())])});
    out.more.push_back({"hits", counts.hits});
    out.more.push_back({"verses", counts.verses});
    if (wanted_.sample)
      out.more.push_back(
          {"sample", fmt::format("{} (seed {})", *options_.sample, options_.seed.value_or(0))});
    if (!options_.sort.empty()) out.more.push_back({"sort", options_.sort});
    out.partial = found.partial();
    return out;
  }

  // What is to be known of the answer as a whole.
  void summarize(const query::Found& found, const std::string& text) const {
    const query::Counts& counts = found.counts();
    std::string line = counted(counts.hits, "hit");
    if (counts.spans != counts.hits) line += ", " + counted(counts.spans, "span");
    line += ", " + counted(counts.words, "word") + ", " + counted(counts.verses, "verse");
    if (counts.without_span > 0)
      line += fmt::format("; {} more without a spoken word", with_commas(counts.without_span));
    say("{}\n", line);
    for (const query::FoundAt& step : found.steps()) {
      if (step.step != text::Step::exact)
        say("{} is found by its spelling: {}\n", step.value, text::step_name(step.step));
    }
    for (const std::string& note : found.notes()) say("{}\n", note);
    if (counts.hits + counts.without_span == 0 && !found.partial()) say_what_fails(text);
  }

  void say_what_fails(const std::string& text) const {
    const query::Relaxed relaxed = query::relaxed(engine_, query::parse(text), asked_);
    for (const std::string& clause : relaxed.failing) say("It fails at {}\n", clause);
    for (const query::NearQuery& instead : relaxed.nearest)
      say("  {}: {}\n", instead.text, counted(instead.hits, "hit"));
  }

  void write_lines(const query::Found& found, const std::string& text, query::Guard& guard) const {
    const std::uint64_t limit = options_.limit.value_or(for_people() ? lines_of_table : UINT64_MAX);
    const query::HitList hits = query::page_of(engine_, ranks_, found, wanted_, options_.offset, limit,
                                               std::numeric_limits<std::size_t>::max(), guard);
    if (for_people()) {
      summarize(found, text);
      write_output(concordance(engine_, hits, found.labels(), context(), columns_, screen_));
      const std::uint64_t left = query::listed(found, wanted_) -
                                 std::min(query::listed(found, wanted_), options_.offset + hits.size());
      if (left > 0) say("… {} more; --limit shows more of them\n", with_commas(left));
      return;
    }
    query::LineExport lines(format(), engine_, {found.labels(), context(), columns_});
    std::string out;
    lines.append_heading(out, heading(found));
    for (std::size_t i = 0; i < hits.size(); ++i) {
      lines.append(out, hits[i]);
      if (out.size() < 1u << 16) continue;
      write_output(out);
      stop::check();
      out.clear();
    }
    lines.append_end(out);
    write_output(out);
  }

  void write_groups(const query::Found& found, const std::vector<query::Key>& keys, const std::string& text,
                    query::Guard& guard) const {
    if (!for_people() && format() == query::Format::conllu) {
      throw Error(ErrorCode::bad_input, "groups cannot be written as conllu",
                  fmt::format("choose one of {}",
                              fmt::join(query::format_names_after<query::table_formats>("table"), ", ")));
    }
    const std::uint64_t limit = options_.limit.value_or(for_people() ? lines_of_table : UINT64_MAX);
    const query::Grouping grouping =
        query::grouped(engine_, ranks_, found, keys, options_.offset, limit, guard);
    const query::Query query = query::parse(text);
    std::vector<std::string> names;
    for (const query::Key& key : keys) names.push_back(query::name_of(key, found.labels()));
    std::vector<std::vector<std::string>> rows{{"hits", "verses", "share"}};
    rows.front().insert(rows.front().end(), names.begin(), names.end());
    std::string out;
    std::optional<query::GroupExport> lines;
    if (!for_people()) lines.emplace(format(), names).append_heading(out, heading(found));
    for (const query::HitGroup& group : grouping.groups) {
      query::GroupRow row;
      for (std::size_t key = 0; key < keys.size(); ++key)
        row.values.push_back(core_.text(keys[key].attribute, group.values[key]));
      row.hits = group.hits;
      row.verses = group.verses;
      row.share = static_cast<double>(group.hits) / static_cast<double>(grouping.hits);
      if (for_people()) {
        std::vector<std::string> cells{with_commas(row.hits), with_commas(row.verses),
                                       fmt::format("{:.2f}%", row.share * 100)};
        for (const std::string& value : row.values) cells.push_back(value.empty() ? "(missing)" : value);
        rows.push_back(std::move(cells));
        continue;
      }
      if (found.can_be_restricted())
        row.query = query::query_of_group(query, core_, keys, found.labels(), group, grouping.inside_words);
      lines->append(out, row);
    }
    if (lines) lines->append_end(out);
    if (for_people()) {
      summarize(found, text);
      out = table(rows, screen_);
    }
    write_output(out);
    const std::uint64_t shown = options_.offset + grouping.groups.size();
    if (for_people() && shown < grouping.total)
      say("… {} more groups; --limit shows more of them\n", with_commas(grouping.total - shown));
  }

  const QueryOptions& options_;
  const columns::CoreFile core_;
  const query::Engine engine_;
  const query::Ranks ranks_;
  const Screen screen_;
  query::Options asked_;
  query::Wanted wanted_;
  std::vector<attributes::Attribute> columns_;
};

int run(const QueryOptions& options) {
  try {
    return Command(options).run();
  } catch (const query::QueryError& e) {  // shows the place, which the message alone names by its column
    warn("kalima: {}\n{}", e.what(), e.shown());
    if (!e.cure().empty()) warn("  {}\n", e.cure());
    return e.kind().exit_code;
  }
}

}  // namespace

void add_query(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<QueryOptions>();
  CLI::App* command = app.add_subcommand("query", "Ask the corpus in the query language, without a server");
  command->add_option("query", options->query, "The query, in quotes for the shell")
      ->type_name("CQL")
      ->required();
  command->add_option("--format", options->format, help_of_formats(format_names))
      ->check(one_of({format_names.begin(), format_names.end()}))
      ->capture_default_str();
  command->add_option("--sort", options->sort, "Keys with commas between them; - before a key for descending")
      ->type_name("KEYS");
  command
      ->add_option("--group", options->group, "Count the hits by one to three keys instead of listing them")
      ->type_name("KEYS");
  command
      ->add_option("--columns", options->columns,
                   "Attributes of the words that are found, with commas between them; exports have those of "
                   "all words of a line")
      ->type_name("NAMES");
  command
      ->add_option("--within", options->within,
                   "Only hits inside of this: verse, <surah n=\"2\"/>, or any query")
      ->type_name("CQL");
  command->add_option("--context", options->context, "Words on each side of a hit")
      ->check(whole_number(0, 50))
      ->default_str(std::to_string(default_context));
  command
      ->add_option("--limit", options->limit,
                   "Lines or groups at most; by default 50 in a table, otherwise all")
      ->check(whole_number(0, max_count))
      ->type_name("N");
  command->add_option("--offset", options->offset, "Lines or groups that are left out at the beginning")
      ->check(whole_number(0, max_count))
      ->type_name("N");
  command->add_option("--sample", options->sample, "So many of the hits, chosen by chance")
      ->check(whole_number(1, 1'000'000'000))
      ->type_name("N");
  command->add_option("--seed", options->seed, "Another one gives another sample")
      ->check(whole_number(0, std::numeric_limits<std::uint64_t>::max()))
      ->type_name("N");
  command->add_option("--reading", options->reading, "Which of the spans that match are hits")
      ->check(one_of({"all", "shortest", "standard", "longest"}))
      ->type_name("NAME");
  command->add_flag("--sensitive", options->sensitive, "Compare values without flags as they are written");
  command->add_option("--timeout", options->timeout, "Milliseconds after which what was found is shown")
      ->check(whole_number(1, 3'600'000))
      ->capture_default_str();
  add_database_option(*command, options->database);
  command->footer(
      "Works while a server is running, and changes nothing. A key is PLACE.ATTRIBUTE: the place\n"
      "is match, before or after (before2 for the second word, and so on) or a label of the\n"
      "query; `lemma` alone is match.lemma.\n"
      "\n"
      "A word is [...], a segment of a word {...}; attributes are compared with = and !=, joined\n"
      "with & and |:\n"
      "  kalima query '[root=\"رحم\"]'                  every word of a root; [root=\"rHm\"] is the same\n"
      "  kalima query '\"الصلاة\"'                      a word in any spelling\n"
      "  kalima query '[pos=\"V\" & person=\"2\"] [pos=\"N\"]'   a verb of the second person, then a noun\n"
      "  kalima query '[pos=\"V\"] []{0,3} [lemma=\"ٱللَّه\"] within verse'      up to three words between\n"
      "  kalima query 'a:[] b:[] :: a.root = b.root'  labels, and a constraint on them\n"
      "Sorted, counted, exported:\n"
      "  kalima query '[pos=\"V\"]' --sort before.lemma,match.word --context 3\n"
      "  kalima query '[pos=\"V\"]' --group match.lemma,match.aspect --limit 20\n"
      "  kalima query '[root=\"رحم\"]' --format csv --columns lemma,pos > rahma.csv\n"
      "docs/query.md teaches the language.");
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}

}  // namespace kalima::cli
