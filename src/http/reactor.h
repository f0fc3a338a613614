// Holds the connections that wait for their clients, as many as there are, in one thread: it accepts them, receives the
// heads and bodies of requests, and gives a connection to a worker when there is something to do for it. It also ends what
// takes too long.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "http/connection.h"
#include "http/poller.h"
#include "http/workers.h"

namespace kalima::http {

// How long a client may take. A body and an answer may in addition take a second for each slow_bytes that are transferred.
struct Patience {
  std::chrono::seconds idle{60};       // between requests
  std::chrono::seconds head{30};       // for the whole head of a request
  std::chrono::seconds first_byte{5};  // of a body that was announced
  std::chrono::seconds body{30};       // for the whole body
  std::chrono::seconds answer{60};     // to take the whole answer
  std::chrono::seconds stop{5};        // for what was begun when the server is to stop
  std::size_t slow_bytes = 16 * 1024;
};

struct ReactorOptions {
  RequestLimits limits;
  Patience patience;
  std::size_t max_connections_of_client = 0;  // 0: any number
  bool bounds_this_machine = false;           // whether that holds for clients on a loopback address
  TrustedProxies proxies;                     // for which it does not hold
  // Bytes of requests that are being received, all connections together; who sends more is refused.
  std::size_t max_received_bytes = 256 * 1024 * 1024;
};

class Reactor {
 public:
  // `workers` answer; they give each connection back.
  Reactor(ReactorOptions options, SocketId listener);

  // Holds connections until stop(), and then until all have ended. Throws Error(unavailable) if the listening socket does
  // not work any more. Closes it.
  void run(Workers& workers);

  // Threads: any.
  void stop();
  bool stopping() const { return stopping_; }
  // Set when all connections are to end, whatever they are doing.
  const std::atomic<bool>& cut() const { return cut_; }
  void give_back(std::unique_ptr<Connection> connection);

 private:
  using Held = std::unordered_map<std::uint64_t, std::unique_ptr<Connection>>;

  void accept_new();
  // Makes room for a new connection by closing one without a complete request: the one that has waited longest.
  bool close_one();
  void admit(Accepted accepted);
  void place(std::unique_ptr<Connection> connection);
  void on_event(std::uint64_t id);
  void submit(Held::iterator held);
  void close(std::unique_ptr<Connection> connection);
  void expire(Clock::time_point now);
  void close_idle();
  void count(Connection& connection);
  void set_deadline(Connection& connection) const;
  std::vector<std::unique_ptr<Connection>> take_returned();

  const ReactorOptions options_;
  Socket listener_;
  Bell bell_;
  const std::unique_ptr<Poller> poller_;
  Workers* workers_ = nullptr;

  std::atomic<bool> stopping_ = false, cut_ = false;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> returned_;

  // Of the thread of run() only.
  Held held_;
  std::unordered_map<std::string, std::size_t> by_network_;
  std::size_t open_ = 0;  // held, and with workers
  std::size_t max_open_ = 0;
  std::size_t received_bytes_ = 0;
  std::uint64_t next_id_ = 2;
  bool broken_ = false;
  std::optional<Clock::time_point> accept_again_;
};

}  // namespace kalima::http
