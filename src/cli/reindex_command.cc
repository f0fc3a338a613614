#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/import.h"
#include "cli/command.h"
#include "cli/terminal.h"

namespace kalima::cli {

void add_reindex(CLI::App& app, Action& chosen) {
  auto database = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("reindex", "Make the index of a database anew");
  add_database_option(*command, *database);
  command->footer(
      "The index is derived from the database, and made by itself when it is missing or stale; nothing that "
      "users\n"
      "wrote is in it. Stop a running server first, or start it again afterwards.");
  command->callback([database, &chosen] {
    chosen = [database] {
      {
        ProgressLine progress;
        app::reindex(database_path(*database), progress.callback());
      }
      say("The index of {} is made anew.\n", *database);
      return 0;
    };
  });
}

}  // namespace kalima::cli
