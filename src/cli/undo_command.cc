#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/undo.h"
#include "cli/command.h"
#include "cli/command_line.h"
#include "cli/terminal.h"

namespace kalima::cli {
namespace {

struct Options {
  std::string database;
  std::int64_t entry = 0;
};

}  // namespace

void add_undo(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("undo", "Take back a change to research documents, tags or patterns");
  command->add_option("ID", options->entry, "Number of the change, from /api/v1/history/SURAH:AYAH")
      ->check(whole_number(1, 1'000'000'000))
      ->required();
  add_database_option(*command, options->database);
  command->footer(
      "Works while a server is running. An undo is itself a change and can be undone by its number.\n"
      "Example:\n  kalima undo 17 --db quran.db");
  command->callback([options, &chosen] {
    chosen = [options] {
      const std::int64_t made = app::undo(database_path(options->database), options->entry);
      say("Change {} is undone; that is change {}.\n", options->entry, made);
      return 0;
    };
  });
}

}  // namespace kalima::cli
