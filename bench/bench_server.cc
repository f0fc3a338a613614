// usage: kalima_bench_server DATABASE [CACHE_BYTES]
//
// Serves like `kalima serve` on a free port, and under /bench/fixed/ the same bytes from memory: the upper bound that
// the benchmark compares with.
#include <fmt/format.h>

#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>

#include "app/service.h"
#include "app/stop_signal.h"
#include "http/server.h"
#include "support/error.h"
#include "support/files.h"

namespace {

using namespace kalima;

constexpr std::string_view prefix = "/bench/fixed";

class FixedAnswers {
 public:
  explicit FixedAnswers(const app::Service& service) : service_(service) {}

  http::Response answer(const http::Request& request) {
    if (!request.path.starts_with(prefix)) return service_.answer(request);
    std::string key = request.path + '?';
    for (const auto& [name, value] : request.query) key += name + '=' + value + '&';
    key += request.body;
    const std::string& bytes = bytes_for(key, request);
    http::Response response;
    response.body.splice(bytes);
    return response;
  }

 private:
  const std::string& bytes_for(const std::string& key, const http::Request& request) {
    {
      const std::shared_lock lock(mutex_);
      if (const auto it = answers_.find(key); it != answers_.end()) return it->second;
    }
    http::Request real = request;
    real.path.erase(0, prefix.size());
    std::string bytes = service_.answer(real).body.flattened();
    const std::unique_lock lock(mutex_);
    return answers_.emplace(key, std::move(bytes)).first->second;
  }

  const app::Service& service_;
  std::shared_mutex mutex_;
  std::map<std::string, std::string> answers_;
};

int run(const char* database, const char* cache_bytes) {
  app::catch_stop_signals();
  app::ServiceOptions options;
  options.guard.bound_host = "127.0.0.1";
  options.database = files::path_from_utf8(database);
  if (cache_bytes != nullptr) options.answer_cache_bytes = std::stoull(cache_bytes);
  options.threads = std::max(2u, std::thread::hardware_concurrency());
  app::Service service(
      options, [](const std::string&) {}, [](std::string_view, std::size_t, std::size_t) {});
  FixedAnswers answers(service);
  http::ServerOptions server_options;
  server_options.port = 0;
  http::Server server(
      server_options, [&](const http::Request& request) { return answers.answer(request); },
      [&](const http::Request& request) { return service.admit(request); });
  const int port = server.bind();
  std::thread runner([&] { server.run(); });
  server.wait_until_ready();
  fmt::print("{}\n", port);
  std::fflush(stdout);
  app::wait_for_stop();
  server.stop();
  runner.join();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    fmt::print(stderr, "usage: kalima_bench_server DATABASE [CACHE_BYTES]\n");
    return 1;
  }
  try {
    return run(argv[1], argc > 2 ? argv[2] : nullptr);
  } catch (const Error& e) {
    fmt::print(stderr, "{}\n", e.what());
    return e.kind().exit_code;
  }
}
