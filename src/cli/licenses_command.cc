#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <string>

#include "app/licenses.h"
#include "cli/command.h"
#include "cli/terminal.h"

namespace kalima::cli {
namespace {

int run() {
  write_output(app::licenses());
  return 0;
}

}  // namespace

void add_licenses(CLI::App& app, Action& chosen) {
  CLI::App* command =
      app.add_subcommand("licenses", "Print the licences of the program and of all libraries in it");
  command->callback([&chosen] { chosen = run; });
}

}  // namespace kalima::cli
