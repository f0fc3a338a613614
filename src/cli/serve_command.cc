#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <memory>
#include <thread>

#include "app/paths.h"
#include "app/service.h"
#include "app/stop_signal.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "http/server.h"
#include "support/files.h"
#include "support/log.h"

namespace kalima::cli {
namespace {

struct Options {
  std::string database = files::to_utf8(app::default_database());
  std::string host = "127.0.0.1";
  int port = 8080;
  std::size_t threads = std::max(2u, std::thread::hardware_concurrency());
  std::string static_folder, notes, resources;
  std::string log_level = "warning";
};

std::optional<std::filesystem::path> optional_path(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return files::path_from_utf8(text);
}

app::Service make_service(const Options& options) {
  app::ServiceOptions service;
  service.database = files::path_from_utf8(options.database);
  service.threads = options.threads;
  service.static_folder = optional_path(options.static_folder);
  service.notes = optional_path(options.notes);
  service.resources = optional_path(options.resources);
  ProgressLine progress;
  const auto rebuilding = [](const std::string& reason) {
    fmt::print(stderr, "Making the index ({}); this takes some seconds.\n", reason);
  };
  return app::Service(service, rebuilding, progress.callback());
}

int run(const Options& options) {
  app::catch_stop_signals();
  log::set_level(options.log_level);
  app::Service service = make_service(options);
  http::ServerOptions server_options;
  server_options.host = options.host;
  server_options.port = options.port;
  http::Server server(server_options, [&service](const http::Request& request) { return service.answer(request); });
  const int port = server.bind();
  const bool ipv6 = options.host.find(':') != std::string::npos;
  // Programs that start the server read the port from this line.
  fmt::print("Kalima serves {} verses at http://{}{}{}:{}/ (Ctrl-C ends it)\n", service.verse_count(),
             ipv6 ? "[" : "", options.host, ipv6 ? "]" : "", port);
  std::fflush(stdout);

  std::exception_ptr failure;
  std::thread runner([&] {
    try {
      server.run();
    } catch (...) {
      failure = std::current_exception();
    }
    app::request_stop();
  });
  app::wait_for_stop();
  server.stop();
  runner.join();
  if (failure) std::rethrow_exception(failure);
  return 0;
}

}  // namespace

void add_serve(CLI::App& app, Action& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("serve", "Answer requests over HTTP");
  command->add_option("--db", o->database, "Database")->envname("KALIMA_DB")->type_name("FILE")->capture_default_str();
  command->add_option("--host", o->host, "Address to listen on; 127.0.0.1 is this computer alone")
      ->envname("KALIMA_HOST")
      ->type_name("ADDRESS")
      ->capture_default_str();
  command->add_option("--port", o->port, "Port to listen on; 0 takes any free one")
      ->envname("KALIMA_PORT")
      ->check(CLI::Range(0, 65535))
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--threads", o->threads, "Searches that run at one time")
      ->envname("KALIMA_THREADS")
      ->check(CLI::Range(1, 256))
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--static", o->static_folder, "Folder of the web frontend, with index.html")
      ->envname("KALIMA_STATIC")
      ->type_name("DIR");
  command->add_option("--notes", o->notes, "Folder of notes (.md, .txt); the imported folder's when not given")
      ->envname("KALIMA_NOTES")
      ->type_name("DIR");
  command->add_option("--resources", o->resources, "Folder that library searches read; the imported folder's when not given")
      ->envname("KALIMA_RESOURCES")
      ->type_name("DIR");
  command->add_option("--log-level", o->log_level, "error, warning, info (a line for each request) or debug")
      ->envname("KALIMA_LOG_LEVEL")
      ->check(CLI::IsMember({"error", "warning", "info", "debug"}))
      ->type_name("LEVEL")
      ->capture_default_str();
  command->footer("Examples:\n  kalima serve --db quran.db\n  kalima serve --db quran.db --static ~/frontend --port 8000");
  command->callback([o, &chosen] { chosen = [o] { return run(*o); }; });
}

}  // namespace kalima::cli
