#include "http/socket.h"

#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#endif

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>

#include "support/error.h"

namespace kalima::http {
namespace {

#ifdef _WIN32
using Length = int;
using AddressLength = int;
int last_error() { return WSAGetLastError(); }
bool would_wait(int error) { return error == WSAEWOULDBLOCK; }
bool was_interrupted(int error) { return error == WSAEINTR; }
int poll_one(WSAPOLLFD& one, int milliseconds) { return WSAPoll(&one, 1, milliseconds); }
using PollOne = WSAPOLLFD;
constexpr int send_flags = 0;
constexpr int end_of_sending = SD_SEND;
#else
using Length = std::size_t;
using AddressLength = socklen_t;
int last_error() { return errno; }
bool would_wait(int error) { return error == EAGAIN || error == EWOULDBLOCK; }
bool was_interrupted(int error) { return error == EINTR; }
int poll_one(pollfd& one, int milliseconds) { return ::poll(&one, 1, milliseconds); }
using PollOne = pollfd;
#ifdef MSG_NOSIGNAL
constexpr int send_flags = MSG_NOSIGNAL;
#else
constexpr int send_flags = 0;  // SO_NOSIGPIPE is set instead
#endif
constexpr int end_of_sending = SHUT_WR;
#endif

Length length_of(std::size_t size) {
  return static_cast<Length>(std::min(size, static_cast<std::size_t>(std::numeric_limits<int>::max())));
}

void set_option(SocketId socket, int level, int name, int value) {
  ::setsockopt(socket, level, name, reinterpret_cast<const char*>(&value), sizeof value);
}

bool has_event_within(SocketId socket, short events, std::chrono::milliseconds time) {
  PollOne one{};
  one.fd = socket;
  one.events = events;
  return poll_one(one, static_cast<int>(time.count())) > 0;
}

// See Accepted::network.
std::string network_of_address(const sockaddr_storage& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
    ::inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
  } else if (address.ss_family == AF_INET6) {
    in6_addr v6 = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
    auto* const bytes = reinterpret_cast<char*>(&v6);
    if (IN6_IS_ADDR_V4MAPPED(&v6)) {
      ::inet_ntop(AF_INET, bytes + 12, text.data(), text.size());
    } else {
      if (!IN6_IS_ADDR_LOOPBACK(&v6)) std::fill(bytes + 8, bytes + 16, '\0');
      ::inet_ntop(AF_INET6, &v6, text.data(), text.size());
    }
  }
  return text.data();
}

int port_of(const sockaddr_storage& address) {
  if (address.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
  if (address.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
  return 0;
}

}  // namespace

void Socket::close() {
  if (!open()) return;
#ifdef _WIN32
  ::closesocket(id_);
#else
  ::close(id_);
#endif
  id_ = no_socket;
}

Transferred receive(SocketId socket, char* buffer, std::size_t size) {
  for (;;) {
    const auto count = ::recv(socket, buffer, length_of(size), 0);
    if (count > 0) return {Transfer::some, static_cast<std::size_t>(count)};
    if (count == 0) return {Transfer::ended, 0};
    const int error = last_error();
    if (was_interrupted(error)) continue;
    return {would_wait(error) ? Transfer::later : Transfer::failed, 0};
  }
}

Transferred send(SocketId socket, std::span<const std::string_view> runs) {
  const std::size_t count = std::min(runs.size(), max_runs);
#ifdef _WIN32
  std::array<WSABUF, max_runs> buffers;
  for (std::size_t i = 0; i < count; ++i)
    buffers[i] = {static_cast<ULONG>(length_of(runs[i].size())), const_cast<char*>(runs[i].data())};
#else
  std::array<iovec, max_runs> buffers;
  for (std::size_t i = 0; i < count; ++i)
    buffers[i] = {const_cast<char*>(runs[i].data()), length_of(runs[i].size())};
  msghdr message{};
  message.msg_iov = buffers.data();
  message.msg_iovlen = static_cast<decltype(message.msg_iovlen)>(count);
#endif
  for (;;) {
#ifdef _WIN32
    DWORD sent = 0;
    if (::WSASend(socket, buffers.data(), static_cast<DWORD>(count), &sent, 0, nullptr, nullptr) == 0)
      return {Transfer::some, sent};
#else
    const auto sent = ::sendmsg(socket, &message, send_flags);
    if (sent >= 0) return {Transfer::some, static_cast<std::size_t>(sent)};
#endif
    const int error = last_error();
    if (was_interrupted(error)) continue;
    return {would_wait(error) ? Transfer::later : Transfer::failed, 0};
  }
}

void finish_sending(SocketId socket) { ::shutdown(socket, end_of_sending); }

bool readable_within(SocketId socket, std::chrono::milliseconds time) {
  return has_event_within(socket, POLLIN, time);
}

bool writable_within(SocketId socket, std::chrono::milliseconds time) {
  return has_event_within(socket, POLLOUT, time);
}

bool finished(SocketId socket) {
  if (!readable_within(socket, std::chrono::milliseconds(0))) return false;
  for (;;) {
    char byte = 0;
    const auto count = ::recv(socket, &byte, 1, MSG_PEEK);
    if (count >= 0) return count == 0;
    const int error = last_error();
    if (!was_interrupted(error)) return !would_wait(error);
  }
}

bool broken_off(SocketId socket) {
  PollOne one{};
  one.fd = socket;
  one.events = 0;
  return poll_one(one, 0) > 0 && (one.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0;
}

AcceptProblem accept_problem(int error) {
  if (would_wait(error)) return AcceptProblem::empty;
  if (was_interrupted(error)) return AcceptProblem::passing;
  switch (error) {
#ifdef _WIN32
    case WSAECONNRESET:
      return AcceptProblem::passing;
    case WSAEMFILE:
    case WSAENOBUFS:
      return AcceptProblem::exhausted;
#else
    // The client went away while it waited, or (Linux) an error of the network that is its connection's.
    case ECONNABORTED:
    case EPROTO:
    case EPERM:
    case ETIMEDOUT:
    case ENETDOWN:
    case ENETUNREACH:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENOPROTOOPT:
#ifdef ENONET
    case ENONET:
#endif
      return AcceptProblem::passing;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
      return AcceptProblem::exhausted;
#endif
    default:
      return AcceptProblem::broken;
  }
}

Accepted accept_from(SocketId listener) {
  sockaddr_storage address{};
  AddressLength length = sizeof address;
  auto* const where = reinterpret_cast<sockaddr*>(&address);
#ifdef SOCK_CLOEXEC
  Socket socket(::accept4(listener, where, &length, SOCK_CLOEXEC | SOCK_NONBLOCK));
#else
  Socket socket(static_cast<SocketId>(::accept(listener, where, &length)));
#endif
  if (!socket.open()) return {.problem = accept_problem(last_error())};
#ifndef SOCK_CLOEXEC
  make_non_blocking(socket.id());
#ifndef _WIN32
  ::fcntl(socket.id(), F_SETFD, FD_CLOEXEC);
#endif
#endif
#ifdef SO_NOSIGPIPE
  set_option(socket.id(), SOL_SOCKET, SO_NOSIGPIPE, 1);
#endif
  set_option(socket.id(), IPPROTO_TCP, TCP_NODELAY, 1);
  return {AcceptProblem::none, std::move(socket), network_of_address(address), port_of(address)};
}

std::string network_of(std::string_view text) {
  const std::string address(text);
  sockaddr_storage storage{};
  auto& v4 = reinterpret_cast<sockaddr_in&>(storage);
  if (::inet_pton(AF_INET, address.c_str(), &v4.sin_addr) == 1) {
    storage.ss_family = AF_INET;
    return network_of_address(storage);
  }
  auto& v6 = reinterpret_cast<sockaddr_in6&>(storage);
  if (::inet_pton(AF_INET6, address.c_str(), &v6.sin6_addr) == 1) {
    storage.ss_family = AF_INET6;
    return network_of_address(storage);
  }
  return address;
}

std::string plain_host(std::string_view text) {
  std::string host(text);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  in6_addr v6{};
  if (::inet_pton(AF_INET6, host.c_str(), &v6) != 1) return std::string(text);
  std::array<char, INET6_ADDRSTRLEN> address{};
  ::inet_ntop(AF_INET6, &v6, address.data(), address.size());
  return address.data();
}

void make_non_blocking(SocketId socket) {
#ifdef _WIN32
  u_long on = 1;
  ::ioctlsocket(socket, FIONBIO, &on);
#else
  ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL, 0) | O_NONBLOCK);
#endif
}

void bound_send_buffer(SocketId socket, int bytes) { set_option(socket, SOL_SOCKET, SO_SNDBUF, bytes); }

std::size_t max_sockets() {
#ifdef _WIN32
  return std::numeric_limits<int>::max();
#else
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
  // macOS allows no more than this, whatever the limit says.
  constexpr rlim_t enough = 65536;
  const rlim_t wanted = std::min(limit.rlim_max, enough);
  if (limit.rlim_cur < wanted) {
    const rlimit more{wanted, limit.rlim_max};
    if (::setrlimit(RLIMIT_NOFILE, &more) == 0) limit.rlim_cur = wanted;
  }
  return static_cast<std::size_t>(std::min(limit.rlim_cur, enough));
#endif
}

Bell::Bell() {
  const auto failed = [] { return Error(ErrorCode::unavailable, "cannot make a pair of sockets"); };
#ifdef _WIN32
  // Windows waits for sockets only: a datagram socket that is connected to itself.
  Socket both(::socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int length = sizeof address;
  auto* const where = reinterpret_cast<sockaddr*>(&address);
  if (!both.open() || ::bind(both.id(), where, length) != 0 ||
      ::getsockname(both.id(), where, &length) != 0 || ::connect(both.id(), where, length) != 0) {
    throw failed();
  }
  make_non_blocking(both.id());
  receiving_ = std::move(both);
#else
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) throw failed();
  receiving_ = Socket(ends[0]);
  sending_ = Socket(ends[1]);
  for (const int end : ends) {
    make_non_blocking(end);
    ::fcntl(end, F_SETFD, FD_CLOEXEC);
#ifdef SO_NOSIGPIPE
    set_option(end, SOL_SOCKET, SO_NOSIGPIPE, 1);
#endif
  }
#endif
}

void Bell::ring() {
  // If it cannot be sent because too many signs wait, one of those will do.
  send(sending_.open() ? sending_.id() : receiving_.id(), "!");
}

void Bell::silence() {
  std::array<char, 256> buffer;
  while (receive(receiving_.id(), buffer.data(), buffer.size()).outcome == Transfer::some) {
  }
}

}  // namespace kalima::http
