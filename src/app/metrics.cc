#include "app/metrics.h"

#include <fmt/format.h>

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

}  // namespace

void Metrics::count(int status, std::chrono::nanoseconds took) {
  if (status < first_status || status > last_status) status = 500;
  requests_[static_cast<std::size_t>(status - first_status)].fetch_add(1, std::memory_order_relaxed);
  nanoseconds_.fetch_add(static_cast<std::uint64_t>(took.count()), std::memory_order_relaxed);
}

void Metrics::count(ErrorCode code) {
  errors_[static_cast<std::size_t>(code)].fetch_add(1, std::memory_order_relaxed);
}

std::string Metrics::text(std::size_t verses) const {
  std::string out = head("kalima_requests_total", "counter", "Requests answered, by status.");
  int status = first_status;
  for (const auto& number : requests_) {
    const std::uint64_t count = number.load(std::memory_order_relaxed);
    if (count > 0) out += fmt::format("kalima_requests_total{{status=\"{}\"}} {}\n", status, count);
    ++status;
  }
  out += head("kalima_errors_total", "counter", "Requests refused or failed, by what was wrong.");
  for (const ErrorKind& kind : error_kinds) {
    const std::uint64_t count = errors_[static_cast<std::size_t>(kind.code)].load(std::memory_order_relaxed);
    if (count > 0) out += fmt::format("kalima_errors_total{{code=\"{}\"}} {}\n", kind.name, count);
  }
  out += head("kalima_request_seconds_total", "counter", "Time spent on making the answers.");
  out += fmt::format("kalima_request_seconds_total {:.6f}\n",
                     static_cast<double>(nanoseconds_.load(std::memory_order_relaxed)) / 1e9);
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
