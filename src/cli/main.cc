#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "app/stop_signal.h"
#include "app/version.h"
#include "cli/command.h"
#include "cli/command_line.h"
#include "cli/console.h"
#include "cli/terminal.h"
#include "support/error.h"
#include "support/log.h"
#include "support/stop.h"

namespace {

// The command-line library ignores a variable with an invalid value, although the user believes that it is
// set.
void check_environment(const CLI::App& app) {
  for (const CLI::App* command : app.get_subcommands()) {
    for (const CLI::Option* option : command->get_options()) {
      const std::string name = option->get_envname();
      const char* value = name.empty() || option->count() > 0 ? nullptr : std::getenv(name.c_str());
      if (value == nullptr || *value == '\0') continue;
      throw kalima::Error(kalima::ErrorCode::bad_input,
                          fmt::format("the environment variable {} has an invalid value", name),
                          fmt::format("it sets {}; see --help", option->get_name()));
    }
  }
}

int run(int argc, char** argv) {
  CLI::App app("Kalima searches the morphology of the Quran and keeps what you write about it.", "kalima");
  argv = app.ensure_utf8(argv);
  if (argc > 0) kalima::cli::set_program(argv[0]);
  app.allow_windows_style_options(false);  // "/folder/file" is a name on Windows too
  app.set_version_flag("-v,--version", std::string(kalima::app::version_text()));
  app.require_subcommand(1);
  app.get_formatter()->enable_footer_formatting(false);  // examples stay lines
  kalima::cli::Action chosen;
  kalima::cli::add_import(app, chosen);
  kalima::cli::add_serve(app, chosen);
  kalima::cli::add_query(app, chosen);
  kalima::cli::add_stats(app, chosen);
  kalima::cli::add_export(app, chosen);
  kalima::cli::add_backup(app, chosen);
  kalima::cli::add_check(app, chosen);
  kalima::cli::add_undo(app, chosen);
  kalima::cli::add_notes(app, chosen);
  kalima::cli::add_research(app, chosen);
  kalima::cli::add_reindex(app, chosen);
  kalima::cli::add_licenses(app, chosen);
  // After the commands, which would take it over.
  app.footer(
      "Without a command, `kalima` is `kalima serve --open`: it makes a first database where\n"
      "one is missing, and opens the browser. `kalima help COMMAND` explains a command. Every option of\n"
      "`serve` may also be set in the environment.");
  std::vector<std::string> given = kalima::cli::arguments(app, argc, argv);
  std::ranges::reverse(given);  // the library reads them from the end
  try {
    app.parse(std::move(given));
  } catch (const CLI::Success& e) {  // the library's way to end after --help and --version
    std::ostringstream output;
    app.exit(e, output);
    kalima::cli::write_output(output.str());
    return 0;
  } catch (const CLI::ParseError& e) {
    kalima::cli::refuse(app, e);
  }
  check_environment(app);
  return chosen();
}

// The same, with errors printed and turned into exit codes.
int run_and_report(int argc, char** argv) {
  try {
    const int code = run(argc, argv);
    kalima::cli::finish_output();
    return code;
  } catch (const kalima::stop::Stopped&) {  // nothing is wrong: it was asked for
    const int signal = kalima::stop::requested();
    kalima::cli::warn("kalima: stopped by {}; nothing was changed\n", kalima::app::name_of_stop(signal));
    return 128 + signal;
  } catch (const kalima::cli::ReaderGone&) {  // as of programs that the signal of a broken pipe ends
    constexpr int broken_pipe = 13;
    return 128 + broken_pipe;
  } catch (...) {  // the one place where an exception of a command becomes a message
    const kalima::Error error = kalima::current_error();
    if (error.code() == kalima::ErrorCode::internal) kalima::log::error("{}", error.detail());
    kalima::cli::warn("kalima: {}\n", error.what());
    if (!error.cure().empty()) kalima::cli::warn("  {}\n", error.cure());
    return error.kind().exit_code;
  }
}

}  // namespace

int main(int argc, char** argv) {
  kalima::cli::open_closed_streams();
  kalima::app::ignore_write_signals();
  kalima::app::catch_stop_requests();
  const kalima::cli::Console console;
  const int code = run_and_report(argc, argv);
  console.finish(code);
  return code;
}
