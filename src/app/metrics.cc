#include "app/metrics.h"

#include <fmt/format.h>

#include <mutex>
#include <optional>

#include "app/version.h"

#ifdef __linux__
#include <unistd.h>

#include <fstream>
#endif

namespace kalima::app {
namespace {

std::optional<std::uint64_t> resident_bytes() {
#ifdef __linux__
  std::ifstream file("/proc/self/statm");
  std::uint64_t all = 0, resident = 0;
  const long page = sysconf(_SC_PAGESIZE);
  if (file >> all >> resident && page > 0) return resident * static_cast<std::uint64_t>(page);
#endif
  return std::nullopt;
}

std::string head(const char* name, const char* type, const char* help) {
  return fmt::format("# HELP {0} {2}\n# TYPE {0} {1}\n", name, type, help);
}

using Counter = std::atomic<std::uint64_t>;

void add(Counter& counter, std::uint64_t number = 1) { counter.fetch_add(number, std::memory_order_relaxed); }
std::uint64_t get(const Counter& counter) { return counter.load(std::memory_order_relaxed); }
double seconds(std::uint64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e9; }

}  // namespace

Metrics::OfRoute& Metrics::of_route(std::string_view route) {
  {
    const std::shared_lock lock(mutex_);
    if (const auto it = routes_.find(route); it != routes_.end()) return *it->second;
  }
  const std::unique_lock lock(mutex_);
  auto& of_route = routes_[std::string(route)];
  if (!of_route) of_route = std::make_unique<OfRoute>();
  return *of_route;
}

void Metrics::count(const http::Response& response, std::chrono::nanoseconds took) {
  const bool known = response.status >= first_status && response.status <= last_status;
  const auto status = static_cast<std::size_t>((known ? response.status : 500) - first_status);
  const auto nanoseconds = static_cast<std::uint64_t>(took.count());
  add(requests_[status]);
  add(nanoseconds_, nanoseconds);
  if (response.problem && response.problem->code)
    add(errors_[static_cast<std::size_t>(*response.problem->code)]);
  OfRoute& of_route = this->of_route(response.route.empty() ? "other" : std::string_view(response.route));
  add(of_route.requests[status]);
  add(of_route.nanoseconds, nanoseconds);
  std::size_t bound = 0;
  while (bound < bounds_ms.size() && took > std::chrono::milliseconds(bounds_ms[bound])) ++bound;
  add(of_route.times[bound]);
}

// A route has no quotes and no backslashes.
void Metrics::write_routes(std::string& out) const {
  const std::shared_lock lock(mutex_);
  out += head("kalima_route_requests_total", "counter", "Requests answered, by route and status.");
  for (const auto& [route, of_route] : routes_) {
    for (std::size_t i = 0; i < of_route->requests.size(); ++i) {
      if (const std::uint64_t count = get(of_route->requests[i]); count > 0)
        out += fmt::format("kalima_route_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", route,
                           first_status + static_cast<int>(i), count);
    }
  }
  out += head("kalima_route_seconds", "histogram", "Time spent on making an answer, by route.");
  for (const auto& [route, of_route] : routes_) {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < bounds_ms.size(); ++i) {
      count += get(of_route->times[i]);
      out += fmt::format("kalima_route_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", route,
                         bounds_ms[i] / 1e3, count);
    }
    count += get(of_route->times.back());
    out += fmt::format(
        "kalima_route_seconds_bucket{{route=\"{0}\",le=\"+Inf\"}} "
        "{1}\nkalima_route_seconds_sum{{route=\"{0}\"}} {2:.6f}\nkalima_route_seconds_count{{route=\"{0}\"}} "
        "{1}\n",
        route, count, seconds(get(of_route->nanoseconds)));
  }
}

std::string Metrics::text(std::size_t verses) const {
  std::string out = head("kalima_requests_total", "counter", "Requests answered, by status.");
  for (std::size_t i = 0; i < requests_.size(); ++i) {
    if (const std::uint64_t count = get(requests_[i]); count > 0)
      out += fmt::format("kalima_requests_total{{status=\"{}\"}} {}\n", first_status + static_cast<int>(i),
                         count);
  }
  out += head("kalima_errors_total", "counter", "Requests refused or failed, by what was wrong.");
  for (const ErrorKind& kind : error_kinds) {
    const std::uint64_t count = get(errors_[static_cast<std::size_t>(kind.code)]);
    if (count > 0) out += fmt::format("kalima_errors_total{{code=\"{}\"}} {}\n", kind.name, count);
  }
  out += head("kalima_request_seconds_total", "counter", "Time spent on making the answers.");
  out += fmt::format("kalima_request_seconds_total {:.6f}\n", seconds(get(nanoseconds_)));
  write_routes(out);
  out += head("kalima_v1_json_parsed_total", "counter",
              "Stored JSON parsed to answer a GET of /api/v1; stays 0.");
  out += fmt::format("kalima_v1_json_parsed_total {}\n", get(parsed_));
  if (const auto bytes = resident_bytes()) {
    out += head("process_resident_memory_bytes", "gauge", "Memory of the server, including mapped files.");
    out += fmt::format("process_resident_memory_bytes {}\n", *bytes);
  }
  out += head("kalima_verses", "gauge", "Verses served.");
  out += fmt::format("kalima_verses {}\n", verses);
  out += head("kalima_build_info", "gauge", "Always 1; the version is its label.");
  out += fmt::format("kalima_build_info{{version=\"{}\"}} 1\n", version());
  return out;
}

}  // namespace kalima::app
