#include "http/server.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "http/connection.h"
#include "http/exchange.h"
#include "http/reactor.h"
#include "http/workers.h"
#include "support/error.h"
#include "support/log.h"

namespace kalima::http {
namespace {

// A worker waits so long for its client, for the next request or for room to send, before it gives the connection back.
constexpr std::chrono::milliseconds pause_time{20};
// Requests that came together are answered in a row; then others get their turn.
constexpr int max_in_a_row = 64;

}  // namespace

struct Server::State {
  State(ServerOptions given, Answer answer, Admit admit)
      : options(std::move(given)), exchanges(options, limits, std::move(answer), std::move(admit)) {}

  // False: `wants` says why not all could be sent.
  bool send_all(Connection& connection) {
    for (;;) {
      switch (connection.send_more(reactor->cut())) {
        case Connection::Sent::all:
          return true;
        case Connection::Sent::failed:
          connection.wants = Connection::Wants::close;
          return false;
        case Connection::Sent::part:
          break;
      }
      // A client that reads makes room in a moment.
      const Workers::Pause pause(*workers);
      if (!pause.granted() || !writable_within(connection.socket.id(), pause_time)) {
        connection.wants = Connection::Wants::send;
        return false;
      }
    }
  }

  // What a worker does for a connection until it has to wait for its client.
  Connection::Wants serve(Connection& connection) {
    for (int answered = 0;; ++answered) {
      if (!send_all(connection)) return connection.wants;
      connection.sent_bytes = 0;
      connection.place.reset();
      if (connection.last) {
        finish_sending(connection.socket.id());
        connection.began = Clock::now();
        return Connection::Wants::linger;
      }
      if (!connection.ready(limits)) {
        // The rest of a request that has begun is the reactor's, which looks at the time.
        if (!connection.in.empty()) return Connection::Wants::receive;
        if (connection.input_ended) return Connection::Wants::close;
        {
          const Workers::Pause pause(*workers);
          if (!pause.granted() || !readable_within(connection.socket.id(), pause_time)) {
            return Connection::Wants::receive;
          }
        }
        connection.receive_more();
        if (!connection.ready(limits)) {
          return connection.in.empty() && connection.input_ended ? Connection::Wants::close
                                                                 : Connection::Wants::receive;
        }
      }
      if (answered >= max_in_a_row) return Connection::Wants::receive;
      exchanges.answer_next(connection, *reactor);
    }
  }

  void work(std::unique_ptr<Connection> connection) {
    try {
      connection->wants = serve(*connection);
    } catch (...) {
      log::error("a connection was cut off: {}", current_error().detail());
      connection->wants = Connection::Wants::close;
    }
    reactor->give_back(std::move(connection));
  }

  int start() {
    const Exchanges::Listener listener = exchanges.listen();
    ReactorOptions reactor_options;
    reactor_options.limits = limits;
    reactor_options.max_connections_of_client = options.max_connections_of_client;
    reactor_options.bounds_this_machine = options.bounds_this_machine;
    reactor_options.proxies = options.proxies;
    if (options.client_seconds > 0) {
      const std::chrono::seconds time(options.client_seconds);
      Patience& patience = reactor_options.patience;
      patience = {.idle = 2 * time,
                  .head = time,
                  .first_byte = std::min(patience.first_byte, time),
                  .body = time,
                  .answer = 2 * time};
    }
    reactor = std::make_unique<Reactor>(reactor_options, listener.socket);
    workers = std::make_unique<Workers>(
        options.threads, options.max_threads,
        [this](std::unique_ptr<Connection> connection) { work(std::move(connection)); });
    return listener.port;
  }

  void set_ready() {
    {
      const std::lock_guard lock(mutex);
      ready = true;
    }
    changed.notify_all();
  }

  ServerOptions options;
  RequestLimits limits{.max_body_bytes = options.max_body_bytes};
  Exchanges exchanges;
  std::unique_ptr<Reactor> reactor;
  std::unique_ptr<Workers> workers;
  std::mutex mutex;
  std::condition_variable changed;
  bool ready = false;
};

Server::Server(ServerOptions options, Answer answer, Admit admit)
    : state_(std::make_unique<State>(std::move(options), std::move(answer), std::move(admit))) {}

Server::~Server() = default;

int Server::bind() { return state_->start(); }

void Server::run() {
  State& s = *state_;
  s.set_ready();
  s.reactor->run(*s.workers);
  s.workers.reset();
}

void Server::wait_until_ready() {
  std::unique_lock lock(state_->mutex);
  state_->changed.wait(lock, [this] { return state_->ready; });
}

void Server::stop() { state_->reactor->stop(); }

}  // namespace kalima::http
