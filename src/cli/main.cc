#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>

#include "app/version.h"
#include "cli/command.h"
#include "support/error.h"

namespace {

int run(int argc, char** argv) {
  CLI::App app("Kalima searches the morphology of the Quran and keeps what you write about it.", "kalima");
  argv = app.ensure_utf8(argv);
  app.set_version_flag("--version", fmt::format("kalima {}", kalima::app::version()));
  app.require_subcommand(1);
  app.footer("`kalima COMMAND --help` explains a command. Every option of `serve` may also be set in the environment.");
  kalima::cli::Action chosen;
  kalima::cli::add_import(app, chosen);
  kalima::cli::add_serve(app, chosen);
  kalima::cli::add_export(app, chosen);
  kalima::cli::add_backup(app, chosen);
  kalima::cli::add_check(app, chosen);
  kalima::cli::add_undo(app, chosen);
  kalima::cli::add_reindex(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    // The library has exit codes of its own; what the user typed wrong is 1 here as everywhere.
    return app.exit(e) == 0 ? 0 : 1;
  }
  return chosen();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const kalima::Error& e) {
    fmt::print(stderr, "kalima: {}\n", e.what());
    if (!e.hint().empty()) fmt::print(stderr, "  {}\n", e.hint());
    return kalima::exit_code(e.code());
  } catch (const std::exception& e) {
    fmt::print(stderr, "kalima: unexpected: {}\n", e.what());
    return kalima::exit_code(kalima::ErrorCode::internal);
  }
}
