// Sockets of the operating system as one small interface: what the server needs of them, and nothing else.
// All are non-blocking. Nothing throws unless it says so. Threads: a socket belongs to one thread at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace kalima::http {

#ifdef _WIN32
using SocketId = std::uintptr_t;
inline constexpr SocketId no_socket = ~SocketId{0};
#else
using SocketId = int;
inline constexpr SocketId no_socket = -1;
#endif

// Closes its socket at the end.
class Socket {
 public:
  Socket() = default;
  explicit Socket(SocketId id) : id_(id) {}
  Socket(Socket&& other) noexcept : id_(std::exchange(other.id_, no_socket)) {}
  Socket& operator=(Socket&& other) noexcept {
    if (this != &other) {
      close();
      id_ = std::exchange(other.id_, no_socket);
    }
    return *this;
  }
  ~Socket() { close(); }

  SocketId id() const { return id_; }
  bool open() const { return id_ != no_socket; }
  void close();

 private:
  SocketId id_ = no_socket;
};

// What became of an attempt to receive or send.
enum class Transfer {
  some,   // `bytes` were transferred
  later,  // nothing now: the call would have to wait
  ended,  // the other side sends no more
  failed  // the connection is broken
};
struct Transferred {
  Transfer outcome = Transfer::failed;
  std::size_t bytes = 0;
};
Transferred receive(SocketId socket, char* buffer, std::size_t size);
// One run after the other; of more than max_runs, the first of them.
inline constexpr std::size_t max_runs = 1024;
Transferred send(SocketId socket, std::span<const std::string_view> runs);
inline Transferred send(SocketId socket, std::string_view bytes) { return send(socket, {&bytes, 1}); }

// Tells the other side that no more comes; what it still sends can be received.
void finish_sending(SocketId socket);
// True if something, an end included, can be received before the time is over.
bool readable_within(SocketId socket, std::chrono::milliseconds time);
// True if something can be sent, or the attempt would fail, before the time is over.
bool writable_within(SocketId socket, std::chrono::milliseconds time);
// True if the other side sends no more, and all that it sent was received. It may still read: nobody can tell.
bool finished(SocketId socket);
// True if the other side broke the connection off, or broke off and closed it. One that only finished sending, and may
// well read the answer, has not.
bool broken_off(SocketId socket);

// What the failure of an attempt to accept a connection means for the next attempt.
enum class AcceptProblem {
  none,       // there was none
  empty,      // no connection waits
  passing,    // this one connection is lost: go on
  exhausted,  // no descriptors or memory: go on when some are free
  broken      // the listening socket itself does not work
};
// `error` is the system's number.
AcceptProblem accept_problem(int error);

struct Accepted {
  AcceptProblem problem = AcceptProblem::broken;
  Socket socket = {};
  // Of the client, numeric: its IPv4 address; the first half of its IPv6 address, because it may choose the second as it
  // likes; ::1 for this machine.
  std::string network = {};
  int port = 0;
};
// `network` of an address that is written down; another text stays as it is.
std::string network_of(std::string_view text);
// An IPv6 address in its shortest form, with or without brackets around it; another text stays as it is.
std::string plain_host(std::string_view text);
// The next connection that waits at a listening socket.
Accepted accept_from(SocketId listener);

// Makes a socket non-blocking.
void make_non_blocking(SocketId socket);
// Bounds what the system keeps of what was sent and not yet taken. Connections have the bound of their listening socket.
void bound_send_buffer(SocketId socket, int bytes);

// How many sockets this process may have open, after raising its limit up to what it may itself.
std::size_t max_sockets();

// Two ends of a pipe: one thread waits at the one for a sign at the other. Throws Error(unavailable).
class Bell {
 public:
  Bell();
  SocketId listening_end() const { return receiving_.id(); }
  // Threads: any.
  void ring();
  // Takes all signs back.
  void silence();

 private:
  Socket receiving_, sending_;
};

}  // namespace kalima::http
