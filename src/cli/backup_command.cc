#include "store/backup.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/own_names.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "support/files.h"

namespace kalima::cli {
namespace {

struct Options {
  std::string database, copy;
};

}  // namespace

void add_backup(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("backup", "Copy the database as it is now, even while a server is running");
  command->add_option("FILE", options->copy, "The copy to make; a new file, or an empty one")->required();
  add_database_option(*command, options->database);
  command->footer(
      "The copy is a whole database: to restore it, stop the server and replace the database\n"
      "by it, or serve it with --db. Example:\n"
      "  kalima backup ~/backups/quran-monday.db --db quran.db");
  command->callback([options, &chosen] {
    chosen = [options] {
      const std::filesystem::path database = database_path(options->database),
                                  copy = files::path_from_utf8(options->copy);
      app::require_other_name(database, copy);
      store::backup(database, copy);
      say("Copied {} to {}.\n", options->database, options->copy);
      return 0;
    };
  });
}

}  // namespace kalima::cli
