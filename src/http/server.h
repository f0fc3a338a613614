// The HTTP server. The only file that includes the HTTP library is server.cc.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "http/message.h"

namespace kalima::http {

struct ServerOptions {
  std::string host = "127.0.0.1";  // numeric, or a name to resolve
  int port = 8080;                 // 0: any free one
  std::size_t threads = 8;         // threads at start; more are added when all are busy
  std::size_t max_threads = 512;   // open connections; more wait
  std::size_t max_body_bytes = 2 * 1024 * 1024;
  std::chrono::milliseconds slow_request{1000};  // one that takes as long is logged as a warning
};

class Server {
 public:
  using Answer = std::function<Response(const Request&)>;
  // `answer` is called from many threads at once and must not throw.
  Server(ServerOptions options, Answer answer);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Takes the port; returns it. Throws Error(unavailable) if it is in use or not allowed.
  int bind();
  // Answers requests until stop(). Call after bind().
  void run();
  // Returns once run(), on another thread, answers requests or has failed. An earlier stop() would be lost.
  void wait_until_ready();
  // Lets open requests finish and makes run() return. May be called from any thread.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kalima::http
