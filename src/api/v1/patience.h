// Whether a search is to end: its time is over, or nobody waits for its answer any more.
#pragma once

#include <chrono>
#include <functional>
#include <utility>

#include "http/message.h"

namespace kalima::api::v1 {

// Cheap: asks the system for the client once in a while. Copies ask on their own. Threads: the one that answers.
class Patience {
 public:
  Patience(const http::Request& request, std::chrono::steady_clock::time_point end)
      : client_is_gone_(request.client_is_gone), end_(end) {}

  // True if it is to end.
  bool operator()() {
    const auto now = std::chrono::steady_clock::now();
    if (gone_ || now >= end_) return true;
    if (!client_is_gone_ || now < next_look_) return false;
    next_look_ = now + std::chrono::milliseconds(20);
    return gone_ = client_is_gone_();
  }

 private:
  std::function<bool()> client_is_gone_;
  std::chrono::steady_clock::time_point end_;
  // Most searches end before.
  std::chrono::steady_clock::time_point next_look_ =
      std::chrono::steady_clock::now() + std::chrono::milliseconds(50);
  bool gone_ = false;
};

// For what has a deadline of its own: whether nobody waits for the answer any more.
inline Patience client_is_gone(const http::Request& request) {
  return {request, std::chrono::steady_clock::time_point::max()};
}

}  // namespace kalima::api::v1
