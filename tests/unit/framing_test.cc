#include "http/framing.h"

#include <doctest/doctest.h>

#include <string>

using kalima::http::Framing;
using kalima::http::framing_of;

TEST_CASE("framing: a head is complete with its empty line") {
  const std::string head = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  for (std::size_t size = 0; size < head.size(); ++size) {
    INFO(size);
    const Framing part = framing_of(std::string_view(head).substr(0, size));
    CHECK(part.head == 0);
    CHECK_FALSE(part.malformed);
  }
  CHECK(framing_of(head).head == head.size());
  CHECK(framing_of(head + "GET / HTTP/1.1\r\n\r\n").head == head.size());
  CHECK(framing_of("GET / HTTP/1.0\r\n\r\n").head == 18);
}

TEST_CASE("framing: a body of files") {
  const auto multipart = [](const std::string& headers) {
    return framing_of("POST / HTTP/1.1\r\n" + headers + "\r\n").multipart;
  };
  CHECK(multipart("Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 12\r\n"));
  CHECK(multipart("content-length: 1\r\ncontent-type:Multipart/Form-Data\r\n"));
  CHECK_FALSE(multipart("Content-Type: multipart/form-data; boundary=x\r\n"));
  CHECK_FALSE(multipart("Content-Type: multipart/mixed; boundary=x\r\nContent-Length: 12\r\n"));
  CHECK_FALSE(multipart("Content-Type: application/json\r\nContent-Length: 12\r\n"));
}

TEST_CASE("framing: the length of the body") {
  const auto body = [](const std::string& headers) {
    return framing_of("POST / HTTP/1.1\r\n" + headers + "\r\n");
  };
  CHECK(body("").body == 0);
  CHECK(body("Content-Length: 12\r\n").body == 12);
  CHECK(body("A: b\r\ncontent-LENGTH:\t 12 \r\nB: c\r\n").body == 12);
  CHECK(body("Content-Length: 12\r\nContent-Length: 12\r\n").body == 12);
  CHECK_FALSE(body("Content-Length: 12\r\nContent-Length: 12\r\n").malformed);
  for (const char* wrong :
       {"Content-Length: 12\r\nContent-Length: 13\r\n", "Content-Length: -1\r\n", "Content-Length: +1\r\n",
        "Content-Length: 1 2\r\n", "Content-Length: 0x10\r\n", "Content-Length: \r\n",
        "Content-Length: 5, 5\r\n", "Content-Length: 18446744073709551615\r\n",
        "Content-Length: 99999999999999999999999\r\n", "Transfer-Encoding: chunked\r\n",
        "transfer-encoding: identity\r\nContent-Length: 5\r\n"}) {
    INFO(wrong);
    CHECK(body(wrong).malformed);
  }
}

TEST_CASE("framing: what is not a head is not waited for") {
  for (const char* wrong :
       {"hello\r\n", "\r\n", "\n", "GET / HTTP/1.1\n", "GET / HTTP/1.1\nHost: x\r\n", "GET / HTTP/2\r\n",
        "GET / HTTP/1.1\r\nHost: x\n\r\n", "GET / HTTP/1.1\r\nA: b\nContent-Length: 3\r\n\r\n"}) {
    INFO(wrong);
    CHECK(framing_of(wrong).malformed);
  }
}

TEST_CASE("framing: a request line that is too long is known before it ends") {
  const std::string begin = "GET /", end = " HTTP/1.1\r\n";
  const auto line = [&](std::size_t size) {
    return begin + std::string(size - begin.size() - end.size(), 'x') + end;
  };
  const std::string longest = line(kalima::http::max_request_line);
  CHECK_FALSE(framing_of(longest + "\r\n").long_line);
  CHECK(framing_of(longest + "\r\n").head == longest.size() + 2);
  CHECK_FALSE(framing_of(longest.substr(0, longest.size() - 1)).long_line);
  const std::string longer = line(kalima::http::max_request_line + 1);
  CHECK(framing_of(longer + "\r\n").long_line);
  CHECK(framing_of(longer + "\r\n").head == 0);
  CHECK(framing_of(longer.substr(0, kalima::http::max_request_line)).long_line);
}

TEST_CASE("framing: a client that waits to be asked for its body") {
  CHECK(framing_of("POST / HTTP/1.1\r\nExpect: 100-Continue\r\n\r\n").expects);
  CHECK_FALSE(framing_of("POST / HTTP/1.1\r\nExpect: more\r\n\r\n").expects);
}
