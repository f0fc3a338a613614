// What the server has done since its start, as numbers for a monitoring program.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>

#include "http/message.h"
#include "support/error.h"

namespace kalima::app {

// Threads: any; a call waits for another only when a route is used for the first time.
class Metrics {
 public:
  // Counts an answer and the time to make it: in all, and for its route ("other" if it has none). A status outside 100
  // to 599 counts as 500. There are as many routes as the program declares.
  void count(const http::Response& response, std::chrono::nanoseconds took);

  // Counts stored JSON that was parsed to answer a GET of /api/v1: a defect, because these read columns.
  void count_parsed(std::uint64_t texts) { parsed_.fetch_add(texts, std::memory_order_relaxed); }

  // The numbers in the Prometheus text format, version 0.0.4. Counters that change while they are read may
  // show slightly different moments. The memory is left out on systems that do not report it (all but Linux).
  std::string text(std::size_t verses) const;

 private:
  static constexpr int first_status = 100, last_status = 599;
  using ByStatus = std::array<std::atomic<std::uint64_t>, last_status - first_status + 1>;
  // Upper bounds of the times that are counted together, in milliseconds.
  static constexpr std::array<int, 7> bounds_ms{1, 5, 25, 100, 500, 2500, 10'000};
  struct OfRoute {
    ByStatus requests{};
    std::array<std::atomic<std::uint64_t>, bounds_ms.size() + 1>
        times{};  // not cumulative; the last one has no bound
    std::atomic<std::uint64_t> nanoseconds = 0;
  };
  OfRoute& of_route(std::string_view route);
  void write_routes(std::string& out) const;

  ByStatus requests_{};
  std::array<std::atomic<std::uint64_t>, error_kinds.size()> errors_{};  // by code
  std::atomic<std::uint64_t> nanoseconds_ = 0, parsed_ = 0;
  mutable std::shared_mutex mutex_;
  std::map<std::string, std::unique_ptr<OfRoute>, std::less<>> routes_;  // none is ever removed
};

}  // namespace kalima::app
