#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <string>
#include <vector>

#include "app/stop_signal.h"
#include "app/version.h"
#include "cli/command.h"
#include "cli/console.h"
#include "support/error.h"
#include "support/log.h"

namespace {

// The command-line library passes over a variable whose value it cannot use; its owner believes that it is set.
void check_environment(const CLI::App& app) {
  for (const CLI::App* command : app.get_subcommands()) {
    for (const CLI::Option* option : command->get_options()) {
      const std::string name = option->get_envname();
      const char* value = name.empty() || option->count() > 0 ? nullptr : std::getenv(name.c_str());
      if (value == nullptr || *value == '\0') continue;
      throw kalima::Error(kalima::ErrorCode::bad_input,
                          fmt::format("the environment variable {} has a value that cannot be used", name),
                          fmt::format("it stands for {}; see --help", option->get_name()));
    }
  }
}

int run(int argc, char** argv) {
  CLI::App app("Kalima searches the morphology of the Quran and keeps what you write about it.", "kalima");
  argv = app.ensure_utf8(argv);
  app.allow_windows_style_options(false);  // "/folder/file" is a name on Windows too
  app.set_version_flag("--version", std::string(kalima::app::version_text()));
  app.require_subcommand(1);
  app.footer(
      "`kalima` alone is `kalima serve --open`: it makes a first database when there is none, and opens the "
      "browser.\n"
      "`kalima COMMAND --help` explains a command. Every option of `serve` may also be set in the "
      "environment.");
  kalima::cli::Action chosen;
  kalima::cli::add_import(app, chosen);
  kalima::cli::add_serve(app, chosen);
  kalima::cli::add_export(app, chosen);
  kalima::cli::add_backup(app, chosen);
  kalima::cli::add_check(app, chosen);
  kalima::cli::add_undo(app, chosen);
  kalima::cli::add_reindex(app, chosen);
  kalima::cli::add_licenses(app, chosen);
  try {
    if (argc < 2) {
      app.parse(std::vector<std::string>{"--open", "serve"});  // the library takes them from the end
    } else {
      app.parse(argc, argv);
    }
  } catch (const CLI::ParseError& e) {
    // The library's way to end, also after --help; it prints what it has to say. Its exit codes are its own.
    return app.exit(e) == 0 ? 0 : kalima::kind_of(kalima::ErrorCode::bad_input).exit_code;
  }
  check_environment(app);
  return chosen();
}

// The same with errors told and turned into exit codes.
int run_and_report(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (...) {  // the one place where what a command throws becomes a message
    const kalima::Error error = kalima::current_error();
    if (error.code() == kalima::ErrorCode::internal) kalima::log::error("{}", error.detail());
    fmt::print(stderr, "kalima: {}\n", error.what());
    if (!error.cure().empty()) fmt::print(stderr, "  {}\n", error.cure());
    return error.kind().exit_code;
  }
}

}  // namespace

int main(int argc, char** argv) {
  kalima::app::ignore_write_signals();
  const kalima::cli::Console console;
  const int code = run_and_report(argc, argv);
  console.finish(code);
  return code;
}
