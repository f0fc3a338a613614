// One connection: what was received and not read yet, what is still to be sent, and how long each may take. A connection
// belongs to one thread at a time: to the reactor (reactor.h) while it waits for its client, to a worker (workers.h) while
// a request is answered.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "http/body.h"
#include "http/client_places.h"
#include "http/framing.h"
#include "http/socket.h"

namespace kalima::http {

class Upload;
using Clock = std::chrono::steady_clock;

// What a request may take of the server before a thread is given to it.
struct RequestLimits {
  std::size_t max_head_bytes = 128 * 1024;
  std::size_t max_body_bytes = 2 * 1024 * 1024;
};

// The rest of an answer, taken piece by piece as the client reads: whatever its size, a connection holds one piece of it.
class Outgoing {
 public:
  // A body whose length was announced.
  explicit Outgoing(Body body)
      : body_(std::make_unique<Body>(std::move(body))), reader_(std::make_unique<Body::Reader>(*body_)) {}
  // The same with Response::verify: it is sent from a copy of each part.
  Outgoing(Body body, std::function<void()> verify);
  // One that is made while it is sent: `next` appends the next piece; false with the last one. `chunked`: each piece is
  // sent as a chunk of HTTP/1.1, else the end of the connection is the end of the body.
  Outgoing(std::function<bool(std::string& piece)> next, bool chunked)
      : next_(std::move(next)), chunked_(chunked) {}

  // The next runs of bytes, as many as `runs` has room for, and how many they are; 0: nothing is left. They are valid until
  // the next call of either function. What `next` throws passes through.
  std::size_t look(std::span<std::string_view> runs);
  // Goes over bytes that look() has shown.
  void skip(std::size_t size);

 private:
  std::unique_ptr<Body> body_;
  std::unique_ptr<Body::Reader> reader_;
  std::function<bool(std::string&)> next_;
  bool chunked_ = false;
  std::string piece_;
  std::size_t taken_ = 0;
};

struct Connection {
  enum class Wants { receive, send, linger, close };

  Socket socket;
  std::uint64_t id = 0;
  std::string network;  // of the client: its IPv4 address, or the first half of its IPv6 address
  int port = 0;

  std::string in;  // received and not consumed: begins with a request
  Framing framing;
  bool input_ended = false;  // the client sends no more

  std::string out;  // to be sent before `rest`
  std::size_t sent = 0;
  std::optional<Outgoing> rest;

  // What takes the body of the request, if it is not kept in `in`: then `in` has the head, and what was not passed on.
  std::shared_ptr<Upload> upload;
  std::size_t uploaded = 0;  // bytes that it has

  bool continued = false;   // the client was asked for the body of its request
  bool expired = false;     // the body did not come in time
  bool overloaded = false;  // too many bodies are being received: the request is to be refused
  bool last = false;        // to be closed when all is sent

  ClientPlaces::Place place;  // of the client of the request that is being answered, if a proxy names it

  // What it waits for while the reactor has it.
  Wants wants = Wants::receive;
  Clock::time_point began{};     // the phase that it is in
  std::uint64_t sent_bytes = 0;  // of the answer that is being sent
  std::uint64_t discarded = 0;   // while lingering
  Clock::time_point deadline{};
  std::size_t counted_bytes = 0;  // of `in`, in the reactor's sum

  // True if a thread can now do something about the bytes at the beginning of `in`: answer or refuse a request.
  bool ready(const RequestLimits& limits);
  // Appends what can be received now without waiting, up to one buffer; false if there was nothing. Notes the end.
  bool receive_more();
  // Passes what came of the body on to `upload`, and receives more of it as long as it comes; true when it has all.
  bool pass_body_on();
  // After a request of framing.head + framing.body bytes was answered.
  void consume();
  // Frees what only a connection with a request needs.
  void shrink();

  // Sends what is to be sent until the client takes no more. `cut` ends it early.
  enum class Sent { all, part, failed };
  Sent send_more(const std::atomic<bool>& cut);
};

}  // namespace kalima::http
