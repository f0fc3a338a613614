#include "http/connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>

#include "http/upload.h"
#include "support/error.h"
#include "support/log.h"

namespace kalima::http {
namespace {

constexpr std::size_t buffer_size = 64 * 1024;
constexpr std::size_t copied_at_once = 256 * 1024;

// One for each thread: a new one for every answer would cost page faults.
struct Room {
  std::array<std::string_view, max_runs> runs;
  std::array<char, buffer_size> buffer;
};
Room& thread_room() {
  thread_local const auto room = std::make_unique_for_overwrite<Room>();
  return *room;
}

// Takes runs together that are so short that copying them costs less than handing each to the system: they become one, in
// `buffer`. Returns how many there are then; those after the last one do not fit, and are for the next time.
std::size_t join_short(std::span<std::string_view> runs, char* buffer) {
  constexpr std::size_t short_run = 1024;
  std::size_t count = 0, filled = 0;
  bool joins = false;  // the last one is the end of what is in the buffer
  for (const std::string_view run : runs) {
    if (run.size() >= short_run) {
      runs[count++] = run;
      joins = false;
      continue;
    }
    if (run.size() > buffer_size - filled) break;
    std::memcpy(buffer + filled, run.data(), run.size());
    if (joins) {
      runs[count - 1] = {runs[count - 1].data(), runs[count - 1].size() + run.size()};
    } else {
      runs[count++] = {buffer + filled, run.size()};
    }
    filled += run.size();
    joins = true;
  }
  return count;
}

}  // namespace

Outgoing::Outgoing(Body body, std::function<void()> verify) {
  struct Copied {
    Copied(Body all, std::function<void()> check) : body(std::move(all)), verify(std::move(check)) {}
    Body body;
    Body::Reader reader{body};
    std::function<void()> verify;
  };
  next_ = [copied = std::make_shared<Copied>(std::move(body), std::move(verify))](std::string& piece) {
    piece.reserve(copied_at_once);
    std::string_view run;
    while (copied->reader.look({&run, 1}) > 0) {
      if (piece.size() == copied_at_once) break;
      run = run.substr(0, copied_at_once - piece.size());
      piece += run;
      copied->reader.skip(run.size());
    }
    copied->verify();
    return copied->reader.look({&run, 1}) > 0;
  };
}

std::size_t Outgoing::look(std::span<std::string_view> runs) {
  if (body_) return reader_->look(runs);
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
  runs[0] = std::string_view(piece_).substr(taken_);
  return 1;
}

void Outgoing::skip(std::size_t size) {
  if (body_) {
    reader_->skip(size);
  } else {
    taken_ += size;
  }
}

bool Connection::ready(const RequestLimits& limits) {
  if (in.empty()) return false;
  if (framing.head == 0) framing = framing_of(in);
  if (framing.malformed || framing.long_line || input_ended || expired || overloaded) return true;
  if (framing.head == 0) return in.size() > limits.max_head_bytes;
  if (framing.multipart && framing.head <= limits.max_head_bytes) {
    // Without one it is to be refused, or to get one.
    return !upload || in.size() > framing.head || uploaded == framing.body;
  }
  if (framing.head > limits.max_head_bytes || framing.body > limits.max_body_bytes) return true;
  if (in.size() - framing.head >= framing.body) return true;
  return framing.expects && !continued;
}

bool Connection::receive_more() {
  char* const buffer = thread_room().buffer.data();
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

bool Connection::pass_body_on() {
  do {
    const std::size_t count = std::min(in.size() - framing.head, framing.body - uploaded);
    upload->add(std::string_view(in).substr(framing.head, count));
    in.erase(framing.head, count);
    uploaded += count;
  } while (uploaded < framing.body && !input_ended && receive_more() && in.size() > framing.head);
  return uploaded == framing.body;
}

void Connection::consume() {
  in.erase(0, framing.head + (upload ? 0 : framing.body));
  upload.reset();
  uploaded = 0;
  framing = {};
  continued = expired = overloaded = false;
  began = Clock::now();
}

void Connection::shrink() {
  if (in.empty()) std::string().swap(in);
  if (out.empty()) std::string().swap(out);
}

Connection::Sent Connection::send_more(const std::atomic<bool>& cut) {
  Room& room = thread_room();
  const std::span<std::string_view> runs(room.runs);
  for (;;) {
    // What is left of `out`, such as the headers, goes with the first bytes of the rest. The system takes long runs from
    // where they are.
    std::size_t count = 0;
    if (sent < out.size()) runs[count++] = std::string_view(out).substr(sent);
    if (rest) {
      if (cut) return Sent::failed;
      try {
        const std::size_t more = rest->look(runs.subspan(count));
        if (more == 0) rest.reset();
        count += more;
      } catch (...) {  // the status was sent long ago: all that can be done is to cut the connection
        log::error("an answer was cut off: {}", current_error().detail());
        return Sent::failed;
      }
    }
    if (count == 0) {
      out.clear();
      sent = 0;
      return Sent::all;
    }
    count = join_short(runs.first(count), room.buffer.data());
    const Transferred done = send(socket.id(), runs.first(count));
    if (done.outcome == Transfer::later) return Sent::part;
    if (done.outcome != Transfer::some) return Sent::failed;
    sent_bytes += done.bytes;
    const std::size_t of_out = std::min(done.bytes, out.size() - sent);
    sent += of_out;
    if (rest) rest->skip(done.bytes - of_out);
  }
}

}  // namespace kalima::http
