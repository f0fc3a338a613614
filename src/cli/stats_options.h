// What the commands of kalima stats have in common.
//
// Threads: the main one.
#pragma once

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "cli/command_line.h"
#include "query/query.h"
#include "query/results/formats.h"
#include "query/results/keys.h"
#include "statistics/scope.h"
#include "statistics/sheet.h"
#include "support/error.h"

namespace kalima::cli::stats {

inline constexpr auto format_names = query::format_names_after<query::table_formats>("table");
template <typename Names>
std::size_t place_in(const Names& names, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(names, name) - std::begin(names));
}

template <typename Names>
CLI::Validator named(const Names& names) {
  return one_of(std::vector<std::string>(std::begin(names), std::end(names)));
}

inline CLI::Validator any_count() { return whole_number(0, 1'000'000'000); }

// What all of them have.
struct StatsOptions {
  std::string database, query, within, format = "table", sort;
  std::optional<std::uint64_t> limit;
  std::uint64_t offset = 0, timeout = 60'000;
  bool sensitive = false, graphml = false;
};

// What an Error about the value of an option says first.
inline auto of_option(std::string_view name) {
  return [name] { return ErrorContext{.message = "--" + std::string(name)}; };
}

using Make = std::function<statistics::Sheet(const statistics::Source&, const statistics::Scope&,
                                             const statistics::Hits&, const statistics::Page&,
                                             const query::Options&, query::Guard&)>;

// Answers on standard output; the exit code. `shown`: the columns of the table for people.
int run(const StatsOptions& options, const std::vector<std::string>& shown, const Make& make);

// The columns for people: those that are always shown, and the one that the rows are in order of.
inline std::vector<std::string> with_sort(std::vector<std::string> columns, const std::string& sort) {
  if (sort != "value" && std::ranges::find(columns, sort) == columns.end()) columns.push_back(sort);
  return columns;
}

template <typename Names>
void add_common(CLI::App& command, StatsOptions& options, const Names& sorts, bool required,
                const char* sort = "--sort") {
  CLI::Option* query =
      command.add_option("query", options.query, "The query, in quotes for the shell")->type_name("CQL");
  if (required) {
    query->required();
  } else {
    options.query = "[]";
  }
  command
      .add_option("--within", options.within,
                  "Only this part of the text: juz, <surah n=\"2\"/>, or any query")
      ->type_name("CQL");
  command.add_option("--format", options.format, help_of_formats(format_names))
      ->check(named(format_names))
      ->capture_default_str();
  command.add_option(sort, options.sort, "What the rows are in order of")
      ->check(named(sorts))
      ->type_name("NAME")
      ->capture_default_str();
  command.add_option("--limit", options.limit, "Rows at most; by default 30 in a table, otherwise all")
      ->check(any_count())
      ->type_name("N");
  command.add_option("--offset", options.offset, "Rows that are left out at the beginning")
      ->check(any_count())
      ->type_name("N");
  command.add_flag("--sensitive", options.sensitive, "Compare values without flags as they are written");
  command.add_option("--timeout", options.timeout, "Milliseconds after which what was found is shown")
      ->check(whole_number(1, 3'600'000))
      ->capture_default_str();
  add_database_option(command, options.database);
}

inline attributes::Attribute attribute_of(const std::string& name) {
  return in_context(of_option("attribute"),
                    [&] { return query::read_attribute(name, list_of_attributes()); });
}

// Repetition, sound and structure: stats_texts.cc.
void add_texts(CLI::App& command, Action& chosen);

}  // namespace kalima::cli::stats
