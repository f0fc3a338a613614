// Waits for many sockets at once: epoll on Linux, kqueue on macOS and the BSDs, WSAPoll on Windows, poll() elsewhere.
// A watched socket gives one event each time it is armed. Threads: one at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "http/socket.h"

namespace kalima::http {

class Poller {
 public:
  enum class Until { readable, writable };

  // The system's best. Throws Error(unavailable).
  static std::unique_ptr<Poller> make();
  // The one that every system has; its time grows with the number of sockets.
  static std::unique_ptr<Poller> make_portable();

  virtual ~Poller() = default;
  // Makes a socket known, not armed. Its events have `key`. False if the system refuses.
  virtual bool add(SocketId socket, std::uint64_t key) = 0;
  // One event as soon as the socket is readable or writable, or its connection has ended or is broken.
  virtual void arm(SocketId socket, std::uint64_t key, Until until) = 0;
  // Must be called before the socket is closed.
  virtual void remove(SocketId socket) = 0;
  // Appends the keys of sockets that have an event; waits for one if there is none, but not longer than `time`.
  virtual void wait(std::vector<std::uint64_t>& keys, std::optional<std::chrono::milliseconds> time) = 0;
};

}  // namespace kalima::http
