// One request becomes an answer: the HTTP library reads it, a handler answers it, and what is to be sent is left in the
// connection. exchange.cc is the only file that includes the library; README.md says which part of the work is its own.
#pragma once

#include <memory>

#include "http/connection.h"
#include "http/reactor.h"
#include "http/server.h"
#include "http/socket.h"

namespace kalima::http {

class Exchanges {
 public:
  // `options` must stay valid as long as this.
  Exchanges(const ServerOptions& options, const RequestLimits& limits, Server::Answer answer,
            Server::Admit admit);
  ~Exchanges();
  Exchanges(const Exchanges&) = delete;
  Exchanges& operator=(const Exchanges&) = delete;

  struct Listener {
    SocketId socket;  // the caller closes it
    int port;
  };
  // Throws Error(unavailable) if the port is in use or not allowed.
  Listener listen();

  // Answers or refuses the request with which connection.in begins, and takes it away; the connection is ready(). Afterwards
  // connection.out and connection.rest are the answer, or ask for the body. `reactor` says when the server is to stop.
  // Threads: any, each with a connection of its own.
  void answer_next(Connection& connection, const Reactor& reactor) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kalima::http
