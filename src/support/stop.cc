#include "support/stop.h"

#include <atomic>

namespace kalima::stop {
namespace {

std::atomic<int> first_signal = 0;
static_assert(std::atomic<int>::is_always_lock_free, "it is written in signal handlers");

}  // namespace

void request(int signal) noexcept {
  int none = 0;
  first_signal.compare_exchange_strong(none, signal);
}

int requested() noexcept { return first_signal.load(); }

void check() {
  if (requested() != 0) throw Stopped();
}

}  // namespace kalima::stop
