// Where a request ends among the bytes of a connection (RFC 9112): enough to know that it is complete, and no more. The
// HTTP library reads it afterwards; both must agree on its length, or it is refused.
// Threads: pure functions.
#pragma once

#include <cstddef>
#include <string_view>

namespace kalima::http {

struct Framing {
  // Bytes of the request line, the headers and the empty line after them; 0: the empty line has not come.
  std::size_t head = 0;
  // Bytes of the body after it, as Content-Length says.
  std::size_t body = 0;
  // The request line or a header cannot be right, or says in another way than by one Content-Length how long the body is.
  // The request is to be refused without waiting for more.
  bool malformed = false;
  // The request line is longer than max_request_line. The request is to be refused without waiting for more.
  bool long_line = false;
  // A header, or their number, is larger than the HTTP library reads.
  bool large_headers = false;
  // The body is multipart/form-data: files, which are not kept in memory (upload.h).
  bool multipart = false;
  // The client waits to be asked for the body (`Expect: 100-continue`).
  bool expects = false;
};

// In bytes, with the line's end.
inline constexpr std::size_t max_request_line = 64 * 1024;
// In bytes without the line's end; and how many.
inline constexpr std::size_t max_header_size = 8190, max_header_count = 100;

// `bytes` begin with the request.
Framing framing_of(std::string_view bytes);

}  // namespace kalima::http
