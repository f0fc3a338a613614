// What the server has done since its start, as numbers for a monitoring program.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "support/error.h"

namespace kalima::app {

// Threads: any; no call waits for another.
class Metrics {
 public:
  // Counts an answer with this HTTP status and the time to make it. A status outside 100 to 599 counts as
  // 500.
  void count(int status, std::chrono::nanoseconds took);

  // Counts an answer that reported this error.
  void count(ErrorCode code);

  // The numbers in the Prometheus text format, version 0.0.4. Counters that change while they are read may
  // show slightly different moments. The memory is left out on systems that do not report it (all but Linux).
  std::string text(std::size_t verses) const;

 private:
  static constexpr int first_status = 100, last_status = 599;
  std::array<std::atomic<std::uint64_t>, last_status - first_status + 1> requests_{};  // by status
  std::array<std::atomic<std::uint64_t>, error_kinds.size()> errors_{};                // by code
  std::atomic<std::uint64_t> nanoseconds_ = 0;
};

}  // namespace kalima::app
