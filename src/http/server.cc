#include "http/server.h"

// Limits of the HTTP library.
#define CPPHTTPLIB_LISTEN_BACKLOG 1024
#define CPPHTTPLIB_REQUEST_URI_MAX_LENGTH 65536
#define CPPHTTPLIB_MAX_LINE_LENGTH 131072
#include <fmt/format.h>
#include <httplib.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <optional>

#include "http/connection.h"
#include "http/reactor.h"
#include "http/workers.h"
#include "support/error.h"
#include "support/log.h"

namespace kalima::http {
namespace {

// A longer one is unknown; the log shows only this much.
constexpr std::size_t max_method = 20;

// A worker waits so long for its client, for the next request or for room to send, before it gives the connection back.
constexpr std::chrono::milliseconds pause_time{20};
// Requests that came together are answered in a row; then others get their turn.
constexpr int max_in_a_row = 64;

const char* reason(int status) {
  switch (status) {
    case 400:
      return "the request is not well-formed HTTP";
    case 408:
      return "the request's body did not come in time";
    case 411:
      return "send a Content-Length";
    case 413:
      return "the request body is too large";
    case 414:
      return "the request's address is too long";
    case 415:
      return "compressed request bodies are not accepted";
    case 416:
      return "ranges are not served";
    case 417:
      return "the expectation cannot be met";
    case 431:
      return "the request's headers are too large";
    case 503:
      return "too many requests at once; try again in a moment";
    default:
      return httplib::status_message(status);
  }
}

// One request on its way through the library, which finds it by the thread.
struct Exchange {
  Connection& connection;
  bool answered = false;  // by answer()
  bool chunked = false;
  bool asks_for_body = false;  // instead of an answer
  bool last = false;           // the answer says that the connection is closed
};
thread_local Exchange* current = nullptr;

// What the library takes for a socket: it reads the request that was received, and writes the head of the answer to what is
// to be sent.
class ExchangeStream final : public httplib::Stream {
 public:
  explicit ExchangeStream(Connection& connection) : connection_(connection) {
    const Framing& framing = connection.framing;
    const std::size_t whole = framing.head > 0 ? framing.head + framing.body : connection.in.size();
    rest_ = std::string_view(connection.in).substr(0, whole);
  }

  bool is_readable() const override { return true; }
  bool wait_readable() const override { return true; }
  bool wait_writable() const override { return true; }
  ssize_t read(char* buffer, std::size_t size) override {
    const std::size_t count = std::min(size, rest_.size());
    std::memcpy(buffer, rest_.data(), count);
    rest_.remove_prefix(count);
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* data, std::size_t size) override {
    connection_.out.append(data, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string& address, int& port) const override {
    address = connection_.network;
    port = connection_.port;
  }
  void get_local_ip_and_port(std::string& address, int& port) const override {
    address.clear();
    port = 0;
  }
  socket_t socket() const override { return connection_.socket.id(); }
  time_t duration() const override { return 0; }

 private:
  Connection& connection_;
  std::string_view rest_;
};

// The library without its sockets and threads: a request of which all bytes are here becomes an answer.
class Library final : public httplib::Server {
 public:
  // The socket that it bound; the caller closes it.
  SocketId take_listener() { return svr_sock_.exchange(INVALID_SOCKET); }

  // True if the connection may go on.
  bool process(Connection& connection) {
    ExchangeStream stream(connection);
    bool closed = false;
    return process_request(stream, connection.network, connection.port, {}, 0, false, closed, nullptr) &&
           !closed;
  }
};

// "http://host/path" (RFC 9112, 3.2.2): its host counts instead of the header's. nullopt for another form.
struct AbsoluteTarget {
  std::string host, target;
};
std::optional<AbsoluteTarget> absolute_target(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (target.size() < scheme.size()) continue;
    const bool same = std::equal(scheme.begin(), scheme.end(), target.begin(), [](char a, char b) {
      return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
    });
    if (!same) continue;
    target.remove_prefix(scheme.size());
    const std::size_t end = std::min(target.find_first_of("/?"), target.size());
    const std::string_view rest = target.substr(end);
    return AbsoluteTarget{std::string(target.substr(0, end)),
                          std::string(rest.starts_with('/') ? "" : "/").append(rest)};
  }
  return std::nullopt;
}

void set_head(const Response& response, const httplib::Request& in, httplib::Response& out) {
  out.status = response.status;
  for (const auto& [name, value] : response.headers) out.set_header(name, value);
  if (response.status == 304) return;
  if (!response.content_type.empty()) out.set_header("Content-Type", response.content_type);
  if (!response.rest) {
    out.set_header("Content-Length", fmt::format("{}", response.body.size()));
  } else if (in.version == "HTTP/1.0") {
    // It has no chunks: the end of the connection is the end of the answer.
    out.set_header("Connection", "close");
  }
}

}  // namespace

struct Server::State {
  State(ServerOptions given, Answer given_answer, Refuse given_refuse)
      : options(std::move(given)), answer(std::move(given_answer)), refuse(std::move(given_refuse)) {}

  Request request_of(const httplib::Request& in, const Connection& connection) const {
    Request request;
    request.method = in.method.substr(0, max_method);
    const auto absolute = absolute_target(in.target);
    parse_target(absolute ? absolute->target : in.target, request);
    const Framing& framing = connection.framing;
    if (framing.head > 0 && connection.in.size() - framing.head >= framing.body) {
      request.body = std::string_view(connection.in).substr(framing.head, framing.body);
    }
    request.has_body = framing.body > 0;
    request.header = [&in, host = absolute ? std::optional(absolute->host) : std::nullopt](const char* name) {
      return host && std::strcmp(name, "Host") == 0 ? *host : in.get_header_value(name);
    };
    request.client_is_gone = [socket = connection.socket.id(), this] {
      return reactor->cut() || broken_off(socket);
    };
    return request;
  }

  // Hands the answer over: its head to the library, its body to the connection.
  void give(Response response, const httplib::Request& in, httplib::Response& out) {
    set_head(response, in, out);
    if (reactor->stopping()) out.set_header("Connection", "close");
    current->answered = true;
    current->chunked = response.rest && in.version != "HTTP/1.0" && !out.has_header("Content-Length");
    if (in.method == "HEAD" || response.status == 304) return;
    if (!response.rest) {
      if (response.body.size() > 0) current->connection.rest.emplace(std::move(response.body));
      return;
    }
    // What there is already is the first piece.
    const auto held = std::make_shared<Response>(std::move(response));
    const auto next = [held, begun = false](std::string& piece) mutable {
      if (begun) return held->rest(piece);
      begun = true;
      piece = held->body.flattened();
      return true;
    };
    current->connection.rest.emplace(next, current->chunked);
  }

  // The one door: every request comes in here, whether it is complete or was refused with the status `refused`.
  void enter(const httplib::Request& in, httplib::Response& out, int refused = 0) {
    const auto began = Clock::now();
    Request request = request_of(in, current->connection);
    if (refused != 0) request.refused = Problem{.status = refused, .message = reason(refused)};
    Response response = answer(request);
    const int status = response.status;
    const std::size_t bytes = response.body.size();
    give(std::move(response), in, out);
    const std::chrono::duration<double, std::milli> took = Clock::now() - began;
    const bool slow = took >= options.slow_request;
    if (slow ? !log::enabled(log::Level::warning) : !log::enabled(log::Level::info)) return;
    // A token in the address is a secret.
    const bool secret = request.parameter("token").has_value();
    const std::string target = secret ? in.target.substr(0, in.target.find('?')) : in.target;
    const std::string line = fmt::format("{} {} {} {} {:.2f} ms", request.method, target.substr(0, 200),
                                         status, bytes, took.count());
    slow ? log::warning("slow request: {}", line) : log::info("{}", line);
  }

  // The library has read the head.
  void after_head(const httplib::Request& in, httplib::Response& out) {
    Connection& connection = current->connection;
    connection.out.clear();  // the library may have written that it continues
    // Ranges are ignored and the whole answer is sent, as RFC 9110 (14.2) allows.
    const_cast<httplib::Request&>(in).ranges.clear();
    const Framing& framing = connection.framing;
    if (in.get_header_value_count("Host") > 1) return refuse_unread(out, 400);
    if (in.has_header("Transfer-Encoding")) return refuse_unread(out, 411);
    if (in.has_header("Content-Encoding")) return refuse_unread(out, 415);
    // What counts as one request here must be the same to the library.
    if (framing.malformed || framing.head == 0 || in.get_header_value_u64("Content-Length") != framing.body) {
      return refuse_unread(out, 400);
    }
    if (const auto absolute = absolute_target(in.target); absolute && absolute->host.empty())
      return refuse_unread(out, 400);
    if (framing.body > limits.max_body_bytes) return refuse_unread(out, 413);
    if (connection.in.size() - framing.head >= framing.body) return enter(in, out);
    if (connection.overloaded) return refuse_unread(out, 503);
    if (connection.expired) return refuse_unread(out, 408);
    if (connection.input_ended) return refuse_unread(out, 400);
    // It waits to be asked for its body.
    if (auto refused = refuse(request_of(in, connection))) {
      out.set_header("Connection", "close");
      give(std::move(*refused), in, out);
      return;
    }
    current->asks_for_body = true;
    out.status = 200;
  }

  // on_refusal() makes the answer.
  static void refuse_unread(httplib::Response& out, int status) {
    out.status = status;
    out.set_header("Connection", "close");
  }

  // The library or refuse_unread() has set an error status.
  httplib::Server::HandlerResponse on_refusal(const httplib::Request& in, httplib::Response& out) {
    if (current->answered) return httplib::Server::HandlerResponse::Unhandled;
    int status = out.status;
    const Connection& connection = current->connection;
    if (status == 400 && connection.framing.head == 0 && connection.in.size() > limits.max_head_bytes) {
      status = connection.in.find('\n') == std::string::npos ? 414 : 431;
    }
    enter(in, out, status);
    return httplib::Server::HandlerResponse::Handled;
  }

  // The headers that the library has put together, before it writes them.
  static void finish_head(httplib::Response& out) {
    out.headers.erase("Accept-Ranges");  // HEAD says no more than GET
    if (out.status == 204 || out.status == 304 || current->chunked) out.headers.erase("Content-Length");
    if (current->chunked) out.set_header("Transfer-Encoding", "chunked");
    current->last = current->last || out.get_header_value("Connection") == "close";
  }

  void answer_next(Connection& connection) {
    Exchange exchange{connection};
    current = &exchange;
    const bool more = library.process(connection);
    current = nullptr;
    if (exchange.asks_for_body) {
      connection.out = "HTTP/1.1 100 Continue\r\n\r\n";
      connection.continued = true;
      return;
    }
    if (more && !exchange.last && connection.framing.head > 0) {
      connection.consume();
    } else {
      connection.in.clear();
      connection.last = true;
    }
    connection.began = Clock::now();
  }

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
      answer_next(connection);
    }
  }

  void work(std::unique_ptr<Connection> connection) {
    try {
      connection->wants = serve(*connection);
    } catch (...) {
      log::error("a connection was cut off: {}", current_error().detail());
      current = nullptr;
      connection->wants = Connection::Wants::close;
    }
    reactor->give_back(std::move(connection));
  }

  void start() {
    ReactorOptions reactor_options;
    reactor_options.limits = limits;
    reactor_options.max_connections_of_client = options.max_connections_of_client;
    reactor_options.bounds_this_machine = options.bounds_this_machine;
    if (options.client_seconds > 0) {
      const std::chrono::seconds time(options.client_seconds);
      Patience& patience = reactor_options.patience;
      patience = {.idle = 2 * time,
                  .head = time,
                  .first_byte = std::min(patience.first_byte, time),
                  .body = time,
                  .answer = 2 * time};
    }
    reactor = std::make_unique<Reactor>(reactor_options, library.take_listener());
    workers = std::make_unique<Workers>(
        options.threads, options.max_threads,
        [this](std::unique_ptr<Connection> connection) { work(std::move(connection)); });
  }

  void set_ready() {
    {
      const std::lock_guard lock(mutex);
      ready = true;
    }
    changed.notify_all();
  }

  ServerOptions options;
  Answer answer;
  Refuse refuse;
  RequestLimits limits{.max_body_bytes = options.max_body_bytes};
  Library library;
  std::unique_ptr<Reactor> reactor;
  std::unique_ptr<Workers> workers;
  std::mutex mutex;
  std::condition_variable changed;
  bool ready = false;
};

Server::Server(ServerOptions options, Answer answer, Refuse refuse)
    : state_(std::make_unique<State>(std::move(options), std::move(answer), std::move(refuse))) {
  State& s = *state_;
  s.library.set_keep_alive_max_count(1'000'000);
  s.library.set_keep_alive_timeout(60);
  s.library.set_payload_max_length(s.options.max_body_bytes);
  // Without this the library lets a second instance share the port on Linux.
  s.library.set_socket_options([](socket_t socket) {
#ifdef _WIN32
    httplib::set_socket_opt(socket, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 1);
#else
    httplib::set_socket_opt(socket, SOL_SOCKET, SO_REUSEADDR, 1);
#endif
  });
  s.library.set_pre_routing_handler([&s](const httplib::Request& in, httplib::Response& out) {
    s.after_head(in, out);
    return httplib::Server::HandlerResponse::Handled;
  });
  s.library.set_error_handler(
      [&s](const httplib::Request& in, httplib::Response& out) { return s.on_refusal(in, out); });
  s.library.set_post_routing_handler(
      [](const httplib::Request&, httplib::Response& out) { State::finish_head(out); });
}

Server::~Server() = default;

int Server::bind() {
  State& s = *state_;
  int port = s.options.port;
  const bool bound = port == 0 ? (port = s.library.bind_to_any_port(s.options.host)) > 0
                               : s.library.bind_to_port(s.options.host, port);
  if (!bound) {
    throw Error(ErrorCode::unavailable, fmt::format("cannot listen on {}:{}", s.options.host, s.options.port),
                "is the port in use, perhaps by another Kalima, or is the address not this machine's? Name "
                "another with --port or --host");
  }
  s.start();
  return port;
}

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
