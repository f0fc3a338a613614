// What a server did since its start, as numbers that a monitoring program fetches.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "support/error.h"

namespace kalima::app {

// Any thread may call any of these at any time; none waits for another.
class Metrics {
 public:
  // An answer with this HTTP status that took so long to make. A status outside of 100 to 599 counts as 500.
  void count(int status, std::chrono::nanoseconds took);

  // One of those answers said that this is wrong.
  void count(ErrorCode code);

  // The numbers in Prometheus' text format, version 0.0.4. Counters that are read while others count may be
  // of slightly different moments. The memory is left out where the system does not tell it (all but Linux).
  std::string text(std::size_t verses) const;

 private:
  static constexpr int first_status = 100, last_status = 599;
  std::array<std::atomic<std::uint64_t>, last_status - first_status + 1> requests_{};  // by status
  std::array<std::atomic<std::uint64_t>, error_kinds.size()> errors_{};                // by code
  std::atomic<std::uint64_t> nanoseconds_ = 0;
};

}  // namespace kalima::app
