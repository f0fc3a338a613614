#include "http/connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <iterator>

#include "support/error.h"
#include "support/log.h"

namespace kalima::http {
namespace {

constexpr std::size_t buffer_size = 64 * 1024;

// One buffer for each thread: a new one for every answer would cost page faults.
char* thread_buffer() {
  thread_local const std::unique_ptr<char[]> buffer(new char[buffer_size]);
  return buffer.get();
}

}  // namespace

std::size_t Outgoing::read(char* buffer, std::size_t size) {
  if (body_) return reader_->read(buffer, size);
  while (taken_ == piece_.size()) {
    piece_.clear();
    taken_ = 0;
    if (!next_) return 0;
    const bool more = next_(piece_);
    if (chunked_) {
      if (!piece_.empty()) piece_ = fmt::format("{:x}\r\n{}\r\n", piece_.size(), piece_);
      if (!more) piece_ += "0\r\n\r\n";
    }
    if (!more) next_ = nullptr;
  }
  const std::size_t count = std::min(size, piece_.size() - taken_);
  std::memcpy(buffer, piece_.data() + taken_, count);
  taken_ += count;
  return count;
}

bool Connection::ready(const RequestLimits& limits) {
  if (in.empty()) return false;
  if (framing.head == 0) framing = framing_of(in);
  if (framing.malformed || input_ended || expired || overloaded) return true;
  if (framing.head == 0) return in.size() > limits.max_head_bytes;
  if (framing.head > limits.max_head_bytes || framing.body > limits.max_body_bytes) return true;
  if (in.size() - framing.head >= framing.body) return true;
  return framing.expects && !continued;
}

bool Connection::receive_more() {
  char* const buffer = thread_buffer();
  const Transferred got = receive(socket.id(), buffer, buffer_size);
  switch (got.outcome) {
    case Transfer::some:
      if (in.empty()) began = Clock::now();
      in.append(buffer, got.bytes);
      return true;
    case Transfer::later:
      return false;
    case Transfer::ended:
      input_ended = true;
      return true;
    case Transfer::failed:
      input_ended = true;
      last = true;
      in.clear();
      break;
  }
  return true;
}

void Connection::consume() {
  in.erase(0, framing.head + framing.body);
  framing = {};
  continued = expired = overloaded = false;
  began = Clock::now();
}

void Connection::shrink() {
  if (in.empty()) std::string().swap(in);
  if (out.empty()) std::string().swap(out);
}

Connection::Sent Connection::send_more(const std::atomic<bool>& cut) {
  for (;;) {
    while (sent < out.size() && (!rest || out.size() - sent > buffer_size / 2)) {
      const Transferred done = send(socket.id(), out.data() + sent, out.size() - sent);
      if (done.outcome == Transfer::later) return Sent::part;
      if (done.outcome != Transfer::some) return Sent::failed;
      sent += done.bytes;
      sent_bytes += done.bytes;
    }
    if (!rest) {
      out.clear();
      sent = 0;
      return Sent::all;
    }
    if (cut) return Sent::failed;
    // What is left of `out`, such as the headers, goes with the first bytes of the rest.
    char* const buffer = thread_buffer();
    std::size_t filled = out.size() - sent;
    std::memcpy(buffer, out.data() + sent, filled);
    out.clear();
    sent = 0;
    try {
      const std::size_t more = rest->read(buffer + filled, buffer_size - filled);
      if (more == 0) rest.reset();
      filled += more;
    } catch (...) {  // the status was sent long ago: all that can be done is to cut the connection
      log::error("an answer was cut off: {}", current_error().detail());
      return Sent::failed;
    }
    if (filled == 0) continue;
    const Transferred done = send(socket.id(), buffer, filled);
    if (done.outcome == Transfer::failed || done.outcome == Transfer::ended) return Sent::failed;
    sent_bytes += done.bytes;
    if (done.bytes < filled) out.assign(buffer + done.bytes, filled - done.bytes);
    if (done.outcome == Transfer::later) return Sent::part;
  }
}

}  // namespace kalima::http
