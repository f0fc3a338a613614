// The HTTP server: connections, and the threads that answer (README.md).
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "http/client_places.h"
#include "http/message.h"
#include "http/upload.h"

namespace kalima::http {

struct ServerOptions {
  std::string host = "127.0.0.1";  // numeric, or a name to resolve
  int port = 8080;                 // 0: any free one
  std::size_t threads = 4;         // at start; more are made when requests wait for them
  std::size_t max_threads = 512;
  std::size_t max_body_bytes = 2 * 1024 * 1024;
  std::chrono::milliseconds slow_request{1000};  // one that takes as long is logged as a warning
  int client_seconds =
      30;  // for the head of a request, and for its body; twice as long between requests and for an answer
  std::size_t max_connections_of_client = 0;  // from one address at the same time; 0: any number
  bool bounds_this_machine = false;           // whether that holds for addresses of this machine, too
  // Their clients may have as many requests at the same time, instead of the proxy as many connections.
  TrustedProxies proxies;
};

class Server {
 public:
  using Answer = std::function<Response(const Request&)>;
  // Of a request whose body was not sent yet, or is to be taken while it comes.
  using Admit = std::function<Admission(const Request&)>;
  // Both are called from many threads at once and must not throw.
  Server(ServerOptions options, Answer answer, Admit admit);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Takes the port; returns it. Throws Error(unavailable) if it is in use or not allowed, or if no thread can be made.
  int bind();
  // Answers requests until stop(). Call after bind().
  void run();
  // Returns once run(), on another thread, has begun.
  void wait_until_ready();
  // Lets requests that have begun finish, if their clients do their part within 5 seconds, and makes run() return. Call
  // after bind(), from any thread.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kalima::http
