// A request to stop what the program is doing, such as Ctrl-C. Whoever works for long asks for it now and then, by the
// Progress callback or by itself, at a place where all can be left as it was.
#pragma once

#include <exception>

namespace kalima::stop {

// Thrown where the work is left. It is no Error: nothing is wrong, and nobody on the way has to say more about it.
class Stopped : public std::exception {
 public:
  const char* what() const noexcept override { return "stopped"; }
};

// `signal` is the number of the signal, such as SIGINT. May be called in a signal handler and from every thread.
void request(int signal) noexcept;
// The signal of the first request, or 0. Any thread.
int requested() noexcept;
// Throws Stopped when there was a request. Any thread.
void check();

}  // namespace kalima::stop
