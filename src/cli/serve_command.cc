#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <memory>
#include <optional>
#include <thread>

#include "app/base_path.h"
#include "app/browser.h"
#include "app/import.h"
#include "app/service.h"
#include "app/stop_signal.h"
#include "cli/command.h"
#include "cli/command_line.h"
#include "cli/terminal.h"
#include "http/server.h"
#include "http/socket.h"
#include "support/error.h"
#include "support/files.h"
#include "support/log.h"

namespace kalima::cli {
namespace {

struct Options {
  std::string database;
  bool database_given = false;
  std::string host = "127.0.0.1";
  int port = 8080;
  std::size_t threads = std::max(2u, std::thread::hardware_concurrency());
  bool read_only = false, insecure = false, open = false;
  std::string token;
  std::vector<std::string> allowed_hosts, allowed_origins;
  std::string base_path, static_folder, notes, resources;
  std::string log_level = "warning";
  int slow_ms = 1000;
  int client_seconds = 30;
  std::optional<int> client_connections;
  std::uint64_t max_import_bytes = app::ServiceOptions{}.max_import_bytes;
  std::string client_header;
  std::vector<std::string> proxies;
};

// With the usual names of the published files.
constexpr std::string_view import_arguments =
    "import --text quran-uthmani.txt --morphology quranic-corpus-morphology-0.4.txt";

// If the program is started for the first time, without naming a database, it makes one to try it with.
void make_first_database(const std::filesystem::path& database) {
  const auto explained = [] {
    return ErrorContext{.message = "cannot make a first database",
                        .cure = "name another path, or an existing database, with --db FILE"};
  };
  const bool made = in_context(explained, [&] {
    ProgressLine progress;
    return app::import_starter_if_missing(database, progress.callback());
  });
  if (!made) return;
  warn(
      "Made {} with the surahs that come with the program (1 and 93 to 114).\n"
      "To replace it by the whole Quran: {} {}\n",
      files::to_utf8(database), program(), import_arguments);
}

app::Service make_service(const Options& options) {
  app::ServiceOptions service;
  service.database = database_path(options.database);
  if (!options.database_given) make_first_database(service.database);
  service.threads = options.threads;
  service.max_import_bytes = options.max_import_bytes;
  service.read_only = options.read_only;
  service.guard = {options.host, options.allowed_hosts, options.allowed_origins, options.token,
                   app::BasePath(options.base_path).text()};
  service.base_path = options.base_path;
  service.static_folder = optional_path(options.static_folder);
  service.notes = optional_path(options.notes);
  service.resources = optional_path(options.resources);
  ProgressLine progress;
  const auto rebuilding = [](const std::string& reason) {
    warn("Making the index ({}); this takes some seconds.\n", reason);
  };
  return app::Service(service, rebuilding, progress.callback());
}

// If others can reach the server, they must know a token, unless the user allows them in without one.
void require_protection(const Options& options) {
  if (http::is_loopback(options.host) || !options.token.empty() || options.insecure) return;
  throw Error(
      ErrorCode::bad_input,
      fmt::format("listening on {} would let everyone there read and change your research", options.host),
      "set a --token that they must know, or --insecure if that is what you want");
}

int run(const Options& options) {
  require_protection(options);
  app::catch_stop_signals();
  log::set_level(options.log_level);
  app::Service service = make_service(options);
  http::ServerOptions server_options;
  server_options.host = options.host;
  server_options.port = options.port;
  server_options.slow_request = std::chrono::milliseconds(options.slow_ms);
  server_options.client_seconds = options.client_seconds;
  const bool loopback = http::is_loopback(options.host);
  server_options.max_connections_of_client =
      static_cast<std::size_t>(options.client_connections.value_or(loopback ? 0 : 256));
  server_options.bounds_this_machine = options.client_connections.has_value();
  server_options.proxies = {options.client_header, options.proxies};
  http::Server server(
      server_options, [&service](const http::Request& request) { return service.answer(request); },
      [&service](const http::Request& request) { return service.admit(request); });
  const int port = server.bind();
  std::exception_ptr failure;
  std::thread runner([&] {
    try {
      server.run();
    } catch (...) {  // rethrown in the main thread
      failure = std::current_exception();
    }
    app::request_stop();
  });
  server.wait_until_ready();
  // With the base path, where links lead.
  const auto address = [&](const std::string& root) {
    const std::string base = app::BasePath(options.base_path).text();
    return base.empty() ? root : fmt::format("{}{}/", root, base.substr(1));
  };
  // Programs that start the server read the port from this line.
  const std::string line =
      fmt::format("Kalima serves {} verses at {} (Ctrl-C ends it)\n", service.verse_count(),
                  address(app::server_address(options.host, port)));
  // Who started it without standard output does not want the line.
  std::fputs(line.c_str(), stdout);
  std::fflush(stdout);
  std::clearerr(stdout);
  if (options.open && !app::open_browser(address(app::browser_address(options.host, port)))) {
    warn("No desktop found to open that address; open it in a browser yourself.\n");
  }
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
  const CLI::Option* database =
      add_database_option(*command, o->database, "Database; the default one is made if it is missing");
  command->add_option("--host", o->host, "Address to listen on; 127.0.0.1 is only this computer")
      ->envname("KALIMA_HOST")
      ->check([](const std::string& host) { return host.empty() ? "must not be empty" : ""; })
      ->type_name("ADDRESS")
      ->capture_default_str();
  command->add_option("--port", o->port, "Port to listen on; 0 takes any free one")
      ->envname("KALIMA_PORT")
      ->check(whole_number(0, 65535))
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--threads", o->threads, "Searches that run at the same time")
      ->envname("KALIMA_THREADS")
      ->check(whole_number(1, 256))
      ->type_name("N")
      ->capture_default_str();
  command->add_flag("--open", o->open, "Open the address in the browser, if there is a desktop")
      ->envname("KALIMA_OPEN");
  command->add_flag("--read-only", o->read_only, "Refuse every change (403)")->envname("KALIMA_READ_ONLY");
  command
      ->add_option("--token", o->token,
                   "Secret that every request must carry; required if --host is not this computer")
      ->envname("KALIMA_TOKEN")
      ->check([](const std::string& token) {
        const bool fits = std::all_of(token.begin(), token.end(), [](char c) {
          return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
                 c == '_';
        });
        return fits && token.size() >= 16 ? "" : "must have 16 or more letters, digits, - or _";
      })
      ->type_name("TEXT");
  command
      ->add_option("--max-import-bytes", o->max_import_bytes,
                   "The largest size of the files of an import over HTTP, all together, in bytes")
      ->envname("KALIMA_MAX_IMPORT_BYTES")
      ->check(whole_number(1, 1LL << 40))
      ->type_name("N")
      ->capture_default_str();
  command->add_flag("--insecure", o->insecure, "Let others use the server without a token")
      ->envname("KALIMA_INSECURE");
  command
      ->add_option("--allow-host", o->allowed_hosts,
                   "A further name allowed in the Host header (for a proxy)")
      ->envname("KALIMA_ALLOW_HOST")
      ->check([](const std::string& host) { return http::problem_of_host(host); })
      ->type_name("NAME");
  command
      ->add_option("--allow-origin", o->allowed_origins,
                   "A web page elsewhere that may read and write, such as https://example.org")
      ->envname("KALIMA_ALLOW_ORIGIN")
      ->check([](const std::string& origin) { return http::problem_of_origin(origin); })
      ->type_name("ORIGIN");
  command
      ->add_option("--base-path", o->base_path,
                   "The path at which a proxy shows the server, such as /quran; requests may come with it or "
                   "without it")
      ->envname("KALIMA_BASE_PATH")
      ->check([](const std::string& path) { return app::problem_of_base_path(path); })
      ->type_name("PATH");
  command->add_option("--static", o->static_folder, "Folder of the web frontend, with index.html")
      ->envname("KALIMA_STATIC")
      ->type_name("DIR");
  command
      ->add_option("--notes", o->notes, "Folder of notes (.md, .txt); default: that of the imported folder")
      ->envname("KALIMA_NOTES")
      ->type_name("DIR");
  command
      ->add_option("--resources", o->resources,
                   "Folder that library searches read; default: that of the imported folder")
      ->envname("KALIMA_RESOURCES")
      ->type_name("DIR");
  command
      ->add_option("--log-level", o->log_level, "error, warning, info (one line for each request) or debug")
      ->envname("KALIMA_LOG_LEVEL")
      ->check(one_of({"error", "warning", "info", "debug"}))
      ->type_name("LEVEL")
      ->capture_default_str();
  command
      ->add_option("--slow-ms", o->slow_ms, "Log a request that takes as long as a warning, in milliseconds")
      ->envname("KALIMA_SLOW_MS")
      ->check(whole_number(0, 3'600'000))
      ->type_name("N")
      ->capture_default_str();
  command
      ->add_option(
          "--client-seconds", o->client_seconds,
          "How long a client may take to send the head of a request, and its body; twice as long to take an "
          "answer, and between requests")
      ->envname("KALIMA_CLIENT_SECONDS")
      ->check(whole_number(1, 3600))
      ->type_name("N")
      ->capture_default_str();
  command
      ->add_option(
          "--client-connections", o->client_connections,
          "Connections that one client may have at the same time, 0 for any number; default: 256, any number "
          "on loopback")
      ->envname("KALIMA_CLIENT_CONNECTIONS")
      ->check(whole_number(0, 65536))
      ->type_name("N");
  CLI::Option* const client_header =
      command
          ->add_option(
              "--client-header", o->client_header,
              "The header in which a proxy names its client, such as X-Real-IP: --client-connections "
              "then bounds the requests of each client. Only a proxy on this machine, or one named with "
              "--proxy, is believed")
          ->envname("KALIMA_CLIENT_HEADER")
          ->type_name("NAME");
  command
      ->add_option("--proxy", o->proxies, "The IPv4 address of such a proxy on another machine; repeatable")
      ->check(CLI::ValidIPV4)
      ->needs(client_header)
      ->type_name("ADDRESS ...");
  command->footer(
      "Examples:\n"
      "  kalima serve --db quran.db\n"
      "  kalima serve --db quran.db --static ~/frontend --port 8000");
  command->callback([o, database, &chosen] {
    o->host = http::plain_host(o->host);
    o->database_given = database->count() > 0;
    chosen = [o] { return run(*o); };
  });
}

}  // namespace kalima::cli
