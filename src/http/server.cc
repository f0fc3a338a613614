#include "http/server.h"

// Limits of the HTTP library. Idle connections are checked at this interval; it only delays a stop.
#define CPPHTTPLIB_KEEPALIVE_TIMEOUT_CHECK_INTERVAL_USECOND 100000
#define CPPHTTPLIB_LISTEN_BACKLOG 1024
#define CPPHTTPLIB_REQUEST_URI_MAX_LENGTH 65536
#define CPPHTTPLIB_MAX_LINE_LENGTH 131072
#include <fmt/format.h>
#include <httplib.h>

#include <algorithm>
#include <atomic>
#include <chrono>

#include "support/error.h"
#include "support/log.h"

namespace kalima::http {
namespace {

// Smaller answers are sent with their headers in one write; larger ones are copied piece by piece.
constexpr std::size_t small_body = 32 * 1024;
constexpr std::size_t chunk_size = 64 * 1024;

// No path that accepts a body has more parts.
constexpr std::size_t max_path_parts = 8;

// A longer one is unknown; the log shows only this much.
constexpr std::size_t max_method = 20;

void send(const std::shared_ptr<Body>& body, const std::string& content_type, httplib::Response& out) {
  out.set_content_provider(body->size(), content_type,
                           [body, reader = std::make_shared<Body::Reader>(*body)](std::size_t, std::size_t,
                                                                                  httplib::DataSink& sink) {
                             // One buffer for each thread: a new one for every answer would cost page faults.
                             thread_local const std::unique_ptr<char[]> buffer(new char[chunk_size]);
                             const std::size_t count = reader->read(buffer.get(), chunk_size);
                             return count > 0 && sink.write(buffer.get(), count);
                           });
}

// An answer that is sent while it is made.
void stream(Response response, const httplib::Request& in, httplib::Response& out) {
  const std::string content_type = response.content_type;
  const auto provider = [held = std::make_shared<Response>(std::move(response)), begun = false](
                            std::size_t, httplib::DataSink& sink) mutable {
    std::string piece;
    bool more = true;
    if (!begun) {
      begun = true;
      piece = held->body.flattened();
    } else {
      try {
        more = held->rest(piece);
      } catch (...) {  // the status was sent long ago: all that can be done is to cut the connection
        log::error("an answer was cut off: {}", current_error().detail());
        return false;
      }
    }
    if (!piece.empty() && !sink.write(piece.data(), piece.size())) return false;
    if (!more) sink.done();
    return true;
  };
  // HTTP/1.0 has no chunks: the end of the connection is the end of the answer.
  if (in.version == "HTTP/1.0") {
    out.set_header("Connection", "close");
    out.set_content_provider(content_type, provider);
  } else {
    out.set_chunked_content_provider(content_type, provider);
  }
}

void to_library(Response& response, const httplib::Request& in, httplib::Response& out) {
  out.status = response.status;
  for (const auto& [name, value] : response.headers) out.set_header(name, value);
  if (response.status == 304) return;
  if (response.rest) {
    stream(std::move(response), in, out);
  } else if (response.body.size() <= small_body && in.method != "HEAD") {
    out.set_content(response.body.flattened(), response.content_type);
  } else {
    send(std::make_shared<Body>(std::move(response.body)), response.content_type, out);
  }
}

const char* reason(int status) {
  switch (status) {
    case 400:
      return "the request is not well-formed HTTP";
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
    default:
      return httplib::status_message(status);
  }
}

}  // namespace

struct Server::State {
  State(ServerOptions given, Answer given_answer)
      : options(std::move(given)), answer(std::move(given_answer)) {}

  // The one door: every request comes in here, whether it has a body, has none, or was refused with the status
  // `refused` before it was read.
  void enter(const httplib::Request& in, httplib::Response& out, int refused = 0) {
    const auto began = std::chrono::steady_clock::now();
    Request request;
    request.method = in.method.substr(0, max_method);
    parse_target(in.target, request);
    request.body = in.body;
    request.header = [&in](const char* name) { return in.get_header_value(name); };
    if (refused != 0) request.refused = Problem{.status = refused, .message = reason(refused)};
    Response response = answer(request);
    const int status = response.status;
    const std::size_t bytes = response.body.size();
    to_library(response, in, out);
    if (stopping) out.set_header("Connection", "close");
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
    const bool slow = took >= options.slow_request;
    if (slow ? !log::enabled(log::Level::warning) : !log::enabled(log::Level::info)) return;
    // A token in the address is a secret.
    const bool secret = request.parameter("token").has_value();
    const std::string target = secret ? in.target.substr(0, in.target.find('?')) : in.target;
    const std::string line = fmt::format("{} {} {} {} {:.2f} ms", request.method, target.substr(0, 200),
                                         status, bytes, took.count());
    slow ? log::warning("slow request: {}", line) : log::info("{}", line);
  }

  // Before the body is read: answers requests without a body, refuses bodies that will not be read.
  httplib::Server::HandlerResponse before_body(const httplib::Request& in, httplib::Response& out) {
    // Ranges are ignored and the whole answer is sent, as RFC 9110 (14.2) allows.
    const_cast<httplib::Request&>(in).ranges.clear();
    const bool has_body =
        in.method == "POST" || in.method == "PUT" || in.method == "PATCH" || in.method == "DELETE";
    if (in.get_header_value_count("Host") > 1) return refuse(out, 400);
    if (in.has_header("Transfer-Encoding")) return refuse(out, 411);
    if (in.has_header("Content-Encoding")) return refuse(out, 415);
    if (!has_body) {
      enter(in, out);
      return httplib::Server::HandlerResponse::Handled;
    }
    if (static_cast<std::size_t>(std::count(in.path.begin(), in.path.end(), '/')) > max_path_parts) {
      // A 404 or 405, whatever the body.
      enter(in, out);
      return httplib::Server::HandlerResponse::Handled;
    }
    return httplib::Server::HandlerResponse::Unhandled;
  }

  // The library reads a body only for a known route. These routes match every path of up to max_path_parts.
  // They use parameters, because the library matches everything else with std::regex, whose recursion grows
  // with the path.
  void add_routes_with_body() {
    const auto handler = [this](const httplib::Request& in, httplib::Response& out) { enter(in, out); };
    std::string pattern;
    for (std::size_t part = 0; part < max_path_parts; ++part) {
      pattern += fmt::format("/:part{}", part);
      server.Post(pattern, handler).Put(pattern, handler).Patch(pattern, handler).Delete(pattern, handler);
    }
  }

  static httplib::Server::HandlerResponse refuse(httplib::Response& out, int status) {
    out.status = status;
    out.set_header("Connection", "close");
    return httplib::Server::HandlerResponse::Handled;
  }

  ServerOptions options;
  Answer answer;
  // Set by stop(): each connection then ends with its current request.
  std::atomic<bool> stopping = false;
  httplib::Server server;
};

Server::Server(ServerOptions options, Answer answer)
    : state_(std::make_unique<State>(std::move(options), std::move(answer))) {
  State& s = *state_;
  s.server.new_task_queue = [&s] {
    return new httplib::ThreadPool(s.options.threads, s.options.max_threads);
  };
  s.server.set_tcp_nodelay(true);
  s.server.set_keep_alive_max_count(1'000'000);
  s.server.set_keep_alive_timeout(60);
  s.server.set_read_timeout(30);
  s.server.set_write_timeout(60);
  s.server.set_payload_max_length(s.options.max_body_bytes);
  // Without this the library lets a second instance share the port on Linux.
  s.server.set_socket_options([](socket_t socket) {
#ifdef _WIN32
    httplib::set_socket_opt(socket, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 1);
#else
    httplib::set_socket_opt(socket, SOL_SOCKET, SO_REUSEADDR, 1);
#endif
  });
  s.server.set_pre_routing_handler(
      [&s](const httplib::Request& in, httplib::Response& out) { return s.before_body(in, out); });
  s.add_routes_with_body();
  // Requests that the library refuses by itself come here without a body.
  s.server.set_error_handler([&s](const httplib::Request& in, httplib::Response& out) {
    if (!out.body.empty() || out.content_length_ > 0) return httplib::Server::HandlerResponse::Unhandled;
    s.enter(in, out, out.status);
    return httplib::Server::HandlerResponse::Handled;
  });
}

Server::~Server() = default;

int Server::bind() {
  State& s = *state_;
  int port = s.options.port;
  const bool bound = port == 0 ? (port = s.server.bind_to_any_port(s.options.host)) > 0
                               : s.server.bind_to_port(s.options.host, port);
  if (!bound) {
    throw Error(ErrorCode::unavailable, fmt::format("cannot listen on {}:{}", s.options.host, s.options.port),
                "is the port in use, perhaps by another Kalima, or is the address not this machine's? Name "
                "another with --port or --host");
  }
  return port;
}

void Server::run() {
  if (!state_->server.listen_after_bind()) {
    throw Error(ErrorCode::unavailable, "the server's socket was closed unexpectedly");
  }
}

void Server::wait_until_ready() { state_->server.wait_until_ready(); }

void Server::stop() {
  state_->stopping = true;
  state_->server.stop();
}

}  // namespace kalima::http
