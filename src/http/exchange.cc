#include "http/exchange.h"

// Limits of the HTTP library.
// More than systems allow: when the queue is full, clients that come in a burst wait for the network's timers.
#define CPPHTTPLIB_LISTEN_BACKLOG 65535
#define CPPHTTPLIB_REQUEST_URI_MAX_LENGTH 65536
#define CPPHTTPLIB_MAX_LINE_LENGTH 131072
#include <fmt/format.h>
#include <httplib.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "http/guard.h"
#include "http/upload.h"
#include "support/error.h"
#include "support/log.h"

namespace kalima::http {
namespace {

static_assert(max_request_line <= CPPHTTPLIB_REQUEST_URI_MAX_LENGTH &&
              max_request_line < CPPHTTPLIB_MAX_LINE_LENGTH);

// A longer one is unknown; the log shows only this much.
constexpr std::size_t max_method = 20;
// Of a request line that is too long, the library sees this much: enough for its method and the log.
constexpr std::size_t shown_of_long_line = 300;

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
  const Reactor& reactor;
  bool answered = false;  // by answer()
  bool chunked = false;
  bool waits_for_body = false;  // instead of an answer
  bool last = false;            // the answer says that the connection is closed
};
thread_local Exchange* current = nullptr;

// What the library takes for a socket: it reads the request that was received, and writes the head of the answer to what is
// to be sent.
class ExchangeStream final : public httplib::Stream {
 public:
  explicit ExchangeStream(Connection& connection) : connection_(connection) {
    const Framing& framing = connection.framing;
    if (framing.long_line) {
      shown_ = connection.in.substr(0, shown_of_long_line) + " HTTP/1.1\r\n\r\n";
      rest_ = shown_;
      return;
    }
    const std::size_t body = connection.upload ? 0 : framing.body;
    const std::size_t whole = framing.head > 0 ? framing.head + body : connection.in.size();
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
  std::string shown_;  // instead of what was received
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

struct Exchanges::State {
  State(const ServerOptions& given, const RequestLimits& given_limits, Server::Answer given_answer,
        Server::Admit given_admit)
      : options(given),
        limits(given_limits),
        answer(std::move(given_answer)),
        admit(std::move(given_admit)),
        places(given.max_connections_of_client) {
    library.set_keep_alive_max_count(1'000'000);
    library.set_keep_alive_timeout(60);
    library.set_payload_max_length(options.max_body_bytes);
    // Without this the library lets a second instance share the port on Linux.
    library.set_socket_options([](socket_t socket) {
#ifdef _WIN32
      httplib::set_socket_opt(socket, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 1);
#else
      httplib::set_socket_opt(socket, SOL_SOCKET, SO_REUSEADDR, 1);
#endif
    });
    library.set_pre_routing_handler([this](const httplib::Request& in, httplib::Response& out) {
      after_head(in, out);
      return httplib::Server::HandlerResponse::Handled;
    });
    library.set_error_handler(
        [this](const httplib::Request& in, httplib::Response& out) { return on_refusal(in, out); });
    library.set_post_routing_handler(
        [](const httplib::Request&, httplib::Response& out) { finish_head(out); });
  }

  Request request_of(const httplib::Request& in, const Connection& connection) const {
    Request request;
    request.method = in.method.substr(0, max_method);
    const auto absolute = absolute_target(in.target);
    parse_target(absolute ? absolute->target : in.target, request);
    const Framing& framing = connection.framing;
    if (framing.head > 0 && !framing.multipart && connection.in.size() - framing.head >= framing.body) {
      request.body = std::string_view(connection.in).substr(framing.head, framing.body);
    }
    request.has_body = framing.body > 0;
    request.announced_bytes = framing.body;
    request.upload = connection.upload;
    request.peer_is_loopback = is_loopback(connection.network);
    request.header = [&in, host = absolute ? std::optional(absolute->host) : std::nullopt](const char* name) {
      return host && std::strcmp(name, "Host") == 0 ? *host : in.get_header_value(name);
    };
    request.client_is_gone = [socket = connection.socket.id(), &cut = current->reactor.cut()] {
      return cut || broken_off(socket) || finished(socket);
    };
    return request;
  }

  // Hands the answer over: its head to the library, its body to the connection.
  void give(Response response, const httplib::Request& in, httplib::Response& out) {
    set_head(response, in, out);
    if (current->reactor.stopping()) out.set_header("Connection", "close");
    current->answered = true;
    current->chunked = response.rest && in.version != "HTTP/1.0" && !out.has_header("Content-Length");
    if (in.method == "HEAD" || response.status == 304) return;
    if (!response.rest) {
      if (response.body.size() == 0) return;
      auto& rest = current->connection.rest;
      response.verify ? rest.emplace(std::move(response.body), std::move(response.verify))
                      : rest.emplace(std::move(response.body));
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

  // False if the client, as a trusted proxy names it, has too many already.
  bool take_place(const Request& request) {
    Connection& connection = current->connection;
    if (options.max_connections_of_client == 0 || !options.proxies.is_one(connection.network)) return true;
    const std::string named = request.header(options.proxies.header.c_str());
    if (named.empty()) return true;  // of the proxy itself
    connection.place = places.take(TrustedProxies::client_of(named));
    return connection.place != nullptr;
  }

  // The one door: every request comes in here, whether it is complete or was refused with the status `refused`.
  void enter(const httplib::Request& in, httplib::Response& out, int refused = 0) {
    const auto began = Clock::now();
    Request request = request_of(in, current->connection);
    if (refused != 0) {
      request.refused = Problem{.status = refused, .message = reason(refused)};
    } else if (!take_place(request)) {
      request.refused = Problem{.status = 503, .message = "too many requests from your address"};
    }
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
    if (framing.long_line) return refuse_unread(out, 414);
    if (in.get_header_value_count("Host") > 1) return refuse_unread(out, 400);
    if (in.has_header("Transfer-Encoding")) return refuse_unread(out, 411);
    if (in.has_header("Content-Encoding")) return refuse_unread(out, 415);
    // What counts as one request here must be the same to the library.
    if (framing.malformed || framing.head == 0 || in.get_header_value_u64("Content-Length") != framing.body) {
      return refuse_unread(out, 400);
    }
    if (const auto absolute = absolute_target(in.target); absolute && absolute->host.empty())
      return refuse_unread(out, 400);
    if (!framing.multipart && framing.body > limits.max_body_bytes) return refuse_unread(out, 413);
    const bool whole = framing.multipart ? connection.upload && connection.uploaded == framing.body
                                         : connection.in.size() - framing.head >= framing.body;
    if (whole) {
      // The library looks for a body that it has not seen.
      if (connection.upload) out.set_header("Connection", "close");
      return enter(in, out);
    }
    if (connection.overloaded) return refuse_unread(out, 503);
    if (connection.expired) return refuse_unread(out, 408);
    if (connection.input_ended) return refuse_unread(out, 400);
    // It waits to be asked for its body, or that is to be passed on while it comes.
    Admission admitted = admit(request_of(in, connection));
    if (admitted.refusal) {
      out.set_header("Connection", "close");
      give(std::move(*admitted.refusal), in, out);
      return;
    }
    if (framing.multipart && !admitted.upload) return refuse_unread(out, 415);
    connection.upload = std::move(admitted.upload);
    current->waits_for_body = true;
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
    const Framing& framing = connection.framing;
    const bool long_head = framing.head == 0 && connection.in.size() > limits.max_head_bytes;
    if (status == 400 && (long_head || framing.large_headers)) status = 431;
    if (framing.long_line) status = 414;
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

  void answer_next(Connection& connection, const Reactor& reactor) {
    if (connection.upload && !connection.pass_body_on() && !connection.input_ended && !connection.expired)
      return;
    Exchange exchange{connection, reactor};
    current = &exchange;
    const bool more = library.process(connection);
    current = nullptr;
    if (exchange.waits_for_body) {
      connection.out = connection.framing.expects ? "HTTP/1.1 100 Continue\r\n\r\n" : "";
      connection.continued = true;
      return;
    }
    if (more && !exchange.last && connection.framing.head > 0) {
      connection.consume();
    } else {
      connection.in.clear();
      connection.upload.reset();
      connection.last = true;
    }
    connection.began = Clock::now();
  }

  const ServerOptions& options;
  const RequestLimits& limits;
  Server::Answer answer;
  Server::Admit admit;
  ClientPlaces places;
  Library library;
};

Exchanges::Exchanges(const ServerOptions& options, const RequestLimits& limits, Server::Answer answer,
                     Server::Admit admit)
    : state_(std::make_unique<State>(options, limits, std::move(answer), std::move(admit))) {}

Exchanges::~Exchanges() = default;

Exchanges::Listener Exchanges::listen() {
  const ServerOptions& options = state_->options;
  Library& library = state_->library;
  int port = options.port;
  const bool bound = port == 0 ? (port = library.bind_to_any_port(options.host)) > 0
                               : library.bind_to_port(options.host, port);
  if (!bound) {
    throw Error(ErrorCode::unavailable, fmt::format("cannot listen on {}:{}", options.host, options.port),
                "is the port in use, perhaps by another Kalima, or is the address not this machine's? Name "
                "another with --port or --host");
  }
  return {library.take_listener(), port};
}

void Exchanges::answer_next(Connection& connection, const Reactor& reactor) const {
  state_->answer_next(connection, reactor);
}

}  // namespace kalima::http
