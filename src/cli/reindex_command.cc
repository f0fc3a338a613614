#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/import.h"
#include "cli/command.h"
#include "cli/terminal.h"

namespace kalima::cli {

void add_reindex(CLI::App& app, Action& chosen) {
  auto database = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("reindex", "Rebuild the index of a database");
  add_database_option(*command, *database);
  command->footer(
      "The index is derived from the database. `kalima serve` makes it if it is missing or\n"
      "stale; nothing that users wrote is in it. A running server takes the new one.");
  command->callback([database, &chosen] {
    chosen = [database] {
      {
        ProgressLine progress;
        app::reindex(database_path(*database), progress.callback());
      }
      say("The index of {} is rebuilt.\n", *database);
      return 0;
    };
  });
}

}  // namespace kalima::cli
