// A request to stop the current work, such as Ctrl-C. Long work checks for it from time to time, through the
// Progress callback or directly, at points where everything can be left unchanged.
#pragma once

#include <exception>

namespace kalima::stop {

// Thrown to leave the work. It is not an Error: nothing is wrong, and no caller needs to add to it.
class Stopped : public std::exception {
 public:
  const char* what() const noexcept override { return "stopped"; }
};

// `signal` is the number of the signal, such as SIGINT. Threads: any, also in a signal handler.
void request(int signal) noexcept;
// The signal of the first request, or 0. Threads: any.
int requested() noexcept;
// Throws Stopped if there was a request. Threads: any.
void check();

}  // namespace kalima::stop
