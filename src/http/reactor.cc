#include "http/reactor.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "http/guard.h"
#include "support/error.h"

namespace kalima::http {
namespace {

constexpr std::uint64_t listener_key = 0, bell_key = 1;

// Deadlines are looked at this often.
constexpr std::chrono::milliseconds look{250};
// While a request waits for a thread.
constexpr std::chrono::milliseconds short_look{2};
// Until descriptors or memory may be free again.
constexpr std::chrono::milliseconds accept_pause{100};
// Linux would let a client that does not read have 4 MiB, and takes twice what is asked for.
constexpr int send_buffer = 256 * 1024;
// In one go, so that those who are connected wait for none of them.
constexpr int max_accepts = 64;
// Descriptors for files: an eighth of all, but so many. The fewest are for the database and its log, three for each who
// reads them at the same time.
constexpr std::size_t min_reserved_descriptors = 48, max_reserved_descriptors = 256;
// Bytes that are received after the last answer and thrown away, and for how long: if a connection is closed with bytes
// that were not received, the client may lose the answer.
constexpr std::uint64_t max_discarded = 4 * 1024 * 1024;
constexpr std::chrono::seconds linger_time{2};

std::string too_many() {
  constexpr std::string_view body = "{\"error\":\"too many connections from your address\"}\n";
  return fmt::format(
      "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 1\r\nContent-Type: "
      "application/json\r\n"
      "Content-Length: {}\r\n\r\n{}",
      body.size(), body);
}

}  // namespace

Reactor::Reactor(ReactorOptions options, SocketId listener)
    : options_(options), listener_(listener), poller_(Poller::make()) {
  make_non_blocking(listener_.id());
  bound_send_buffer(listener_.id(), send_buffer);
  const std::size_t descriptors = max_sockets();
  const std::size_t reserved =
      std::clamp(descriptors / 8, min_reserved_descriptors, max_reserved_descriptors);
  max_open_ = descriptors - std::min(reserved, descriptors / 2);
}

void Reactor::stop() {
  stopping_ = true;
  bell_.ring();
}

void Reactor::give_back(std::unique_ptr<Connection> connection) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = returned_.empty();
    returned_.push_back(std::move(connection));
  }
  if (first) bell_.ring();
}

std::vector<std::unique_ptr<Connection>> Reactor::take_returned() {
  const std::lock_guard lock(mutex_);
  return std::exchange(returned_, {});
}

void Reactor::run(Workers& workers) {
  workers_ = &workers;
  poller_->add(listener_.id(), listener_key);
  poller_->add(bell_.listening_end(), bell_key);
  poller_->arm(listener_.id(), listener_key, Poller::Until::readable);
  poller_->arm(bell_.listening_end(), bell_key, Poller::Until::readable);
  std::vector<std::uint64_t> keys;
  std::optional<Clock::time_point> stop_at;
  Clock::time_point next_look = Clock::now() + look;
  for (;;) {
    for (auto& connection : take_returned()) place(std::move(connection));
    if (stopping_ && !stop_at) {
      stop_at = Clock::now() + options_.patience.stop;
      if (listener_.open()) poller_->remove(listener_.id());
      listener_.close();
      close_idle();
    }
    if (stop_at && open_ == 0) break;

    std::optional<std::chrono::milliseconds> time;
    if (open_ > 0) time = look;
    if (accept_again_) time = accept_pause;
    if (workers.grow()) time = short_look;
    keys.clear();
    poller_->wait(keys, time);
    for (const std::uint64_t key : keys) {
      if (key == bell_key) {
        bell_.silence();
        poller_->arm(bell_.listening_end(), bell_key, Poller::Until::readable);
      } else if (key == listener_key) {
        accept_new();
      } else {
        on_event(key);
      }
    }

    const Clock::time_point now = Clock::now();
    if (accept_again_ && now >= *accept_again_) accept_new();
    if (now >= next_look) {
      next_look = now + look;
      expire(now);
    }
    if (stop_at && now >= *stop_at && !cut_) {
      cut_ = true;
      for (auto& [id, connection] : std::exchange(held_, {})) close(std::move(connection));
    }
  }
  if (broken_) throw Error(ErrorCode::unavailable, "the server's socket was closed unexpectedly");
}

void Reactor::accept_new() {
  accept_again_.reset();
  if (!listener_.open()) return;
  for (int i = 0; i < max_accepts; ++i) {
    if (open_ >= max_open_ && !close_one()) {
      accept_again_ = Clock::now() + accept_pause;
      return;
    }
    Accepted accepted = accept_from(listener_.id());
    switch (accepted.problem) {
      case AcceptProblem::none:
        admit(std::move(accepted));
        continue;
      case AcceptProblem::passing:
        continue;
      case AcceptProblem::exhausted:
        // The system may say so although nobody waits.
        if (readable_within(listener_.id(), {})) close_one();
        accept_again_ = Clock::now() + accept_pause;
        return;
      case AcceptProblem::broken:
        broken_ = true;
        stopping_ = true;
        return;
      case AcceptProblem::empty:
        break;
    }
    break;
  }
  poller_->arm(listener_.id(), listener_key, Poller::Until::readable);
}

bool Reactor::close_one() {
  auto oldest = held_.end();
  for (auto it = held_.begin(); it != held_.end(); ++it) {
    if (it->second->wants != Connection::Wants::receive) continue;
    if (oldest == held_.end() || it->second->began < oldest->second->began) oldest = it;
  }
  if (oldest == held_.end()) return false;
  std::unique_ptr<Connection> connection = std::move(oldest->second);
  held_.erase(oldest);
  close(std::move(connection));
  return true;
}

void Reactor::admit(Accepted accepted) {
  auto connection = std::make_unique<Connection>();
  connection->socket = std::move(accepted.socket);
  connection->network = std::move(accepted.network);
  connection->port = accepted.port;
  connection->id = next_id_++;
  connection->began = Clock::now();
  const bool bounded = options_.max_connections_of_client > 0 &&
                       !options_.proxies.is_one(connection->network) &&
                       (options_.bounds_this_machine || !is_loopback(connection->network));
  std::size_t& of_client = by_network_[connection->network];
  if (bounded && of_client >= options_.max_connections_of_client) {
    const std::string answer = too_many();
    send(connection->socket.id(), answer);
    return;
  }
  if (!poller_->add(connection->socket.id(), connection->id)) {
    if (of_client == 0) by_network_.erase(connection->network);
    return;
  }
  ++of_client;
  ++open_;
  place(std::move(connection));
}

void Reactor::place(std::unique_ptr<Connection> connection) {
  Connection& c = *connection;
  if (c.wants == Connection::Wants::linger && c.input_ended) c.wants = Connection::Wants::close;
  const bool idle = c.wants == Connection::Wants::receive && c.in.empty();
  if (c.wants == Connection::Wants::close || cut_ || (stopping_ && idle)) {
    close(std::move(connection));
    return;
  }
  // A worker that gives way to others leaves complete requests.
  if (c.wants == Connection::Wants::receive && c.ready(options_.limits)) {
    workers_->submit(std::move(connection));
    return;
  }
  c.shrink();
  count(c);
  set_deadline(c);
  const bool sends = c.wants == Connection::Wants::send;
  poller_->arm(c.socket.id(), c.id, sends ? Poller::Until::writable : Poller::Until::readable);
  const std::uint64_t id = c.id;
  held_.emplace(id, std::move(connection));
}

void Reactor::set_deadline(Connection& c) const {
  const Patience& patience = options_.patience;
  const auto slowly = [&](std::uint64_t bytes) { return std::chrono::seconds(bytes / patience.slow_bytes); };
  switch (c.wants) {
    case Connection::Wants::receive:
      if (c.in.empty()) {
        c.deadline = c.began + patience.idle;
      } else if (c.framing.head == 0) {
        c.deadline = c.began + patience.head;
      } else if (c.upload) {
        // However large it is, it must not stop coming.
        c.deadline = std::min(c.began + patience.body + slowly(c.uploaded), Clock::now() + patience.body);
      } else if (c.in.size() == c.framing.head) {
        c.deadline = c.began + patience.head + patience.first_byte;
        c.deadline = std::min(c.deadline, Clock::now() + patience.first_byte);
      } else {
        c.deadline = c.began + patience.body + slowly(c.in.size());
      }
      break;
    case Connection::Wants::send:
      c.deadline = c.began + patience.answer + slowly(c.sent_bytes);
      break;
    case Connection::Wants::linger:
      c.deadline = c.began + linger_time;
      break;
    case Connection::Wants::close:
      break;
  }
}

void Reactor::on_event(std::uint64_t id) {
  const auto found = held_.find(id);
  if (found == held_.end()) return;  // closed since
  Connection& c = *found->second;
  switch (c.wants) {
    case Connection::Wants::send:
      submit(found);
      return;
    case Connection::Wants::receive:
      c.receive_more();
      count(c);
      if (c.ready(options_.limits)) {
        submit(found);
        return;
      }
      if (c.input_ended) c.wants = Connection::Wants::close;
      break;
    case Connection::Wants::linger:
      c.receive_more();
      c.discarded += c.in.size();
      c.in.clear();
      if (c.input_ended || c.discarded > max_discarded) c.wants = Connection::Wants::close;
      break;
    case Connection::Wants::close:
      break;
  }
  if (c.wants == Connection::Wants::close) {
    std::unique_ptr<Connection> connection = std::move(found->second);
    held_.erase(found);
    close(std::move(connection));
    return;
  }
  set_deadline(c);
  poller_->arm(c.socket.id(), c.id, Poller::Until::readable);
}

void Reactor::count(Connection& c) {
  received_bytes_ += c.in.size() - c.counted_bytes;
  c.counted_bytes = c.in.size();
  // A head is small; a body is not.
  if (received_bytes_ > options_.max_received_bytes && c.framing.head > 0) c.overloaded = true;
}

void Reactor::submit(Held::iterator held) {
  std::unique_ptr<Connection> connection = std::move(held->second);
  held_.erase(held);
  workers_->submit(std::move(connection));
}

void Reactor::close(std::unique_ptr<Connection> connection) {
  poller_->remove(connection->socket.id());
  received_bytes_ -= connection->counted_bytes;
  const auto known = by_network_.find(connection->network);
  if (known != by_network_.end() && --known->second == 0) by_network_.erase(known);
  --open_;
}

void Reactor::expire(Clock::time_point now) {
  for (auto it = held_.begin(); it != held_.end();) {
    const auto held = it++;
    Connection& c = *held->second;
    if (now < c.deadline) continue;
    if (c.wants == Connection::Wants::receive && c.framing.head > 0) {
      c.expired = true;
      submit(held);
      continue;
    }
    std::unique_ptr<Connection> connection = std::move(held->second);
    held_.erase(held);
    close(std::move(connection));
  }
}

void Reactor::close_idle() {
  for (auto it = held_.begin(); it != held_.end();) {
    const auto held = it++;
    const Connection& c = *held->second;
    if (c.wants != Connection::Wants::receive || !c.in.empty()) continue;
    std::unique_ptr<Connection> connection = std::move(held->second);
    held_.erase(held);
    close(std::move(connection));
  }
}

}  // namespace kalima::http
