#include "app/check.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/command.h"
#include "cli/terminal.h"

namespace kalima::cli {
namespace {

int run(const std::string& database) {
  app::CheckResult result;
  {
    ProgressLine progress;
    result = app::check(database_path(database), progress.callback());
  }
  if (result.writes_since_index > 0) {
    const bool one = result.writes_since_index == 1;
    say("{} newer than the index; the server adds {} at start, `kalima reindex` includes {}.\n",
        one ? "1 write is" : fmt::format("{} writes are", result.writes_since_index), one ? "it" : "them",
        one ? "it" : "them");
  }
  for (const std::string& problem : result.problems) say("{}\n", problem);
  if (result.problems.empty()) {
    say("{} and its index are sound.\n", database);
    return 0;
  }
  say("`kalima reindex` repairs what begins with \"index\"; for the rest restore a backup.\n");
  return 1;
}

}  // namespace

void add_check(CLI::App& app, Action& chosen) {
  auto database = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("check", "Verify the database and its index, and say what is wrong");
  add_database_option(*command, *database);
  command->footer("Changes nothing; exit code 1 if something is wrong.");
  command->callback([database, &chosen] { chosen = [database] { return run(*database); }; });
}

}  // namespace kalima::cli
