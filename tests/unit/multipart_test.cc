#include "http/multipart.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/error.h"

using kalima::Error;
using kalima::http::Multipart;

namespace {

struct Seen : kalima::http::Parts {
  void begin_part(const std::string& name, const std::optional<std::string>& file) override {
    parts.push_back(name + "|" + file.value_or("-") + "|");
  }
  void add_to_part(std::string_view bytes) override { parts.back() += bytes; }
  void end_part() override { parts.back() += "."; }
  std::vector<std::string> parts;
};

std::vector<std::string> read(std::string_view body, std::size_t piece, bool* ended = nullptr) {
  Seen seen;
  Multipart reader("bound", seen);
  for (std::size_t at = 0; at < body.size(); at += piece) reader.add(body.substr(at, piece));
  if (ended != nullptr) *ended = reader.ended();
  return seen.parts;
}

std::string part(const std::string& disposition, const std::string& content) {
  return "--bound\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
}

}  // namespace

TEST_CASE("multipart: the boundary of a content type") {
  CHECK(Multipart::boundary_of("multipart/form-data; boundary=abc") == "abc");
  CHECK(Multipart::boundary_of("Multipart/Form-Data;charset=x; BOUNDARY=\"a b\"") == "a b");
  for (const char* none :
       {"", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=a",
        "application/json; boundary=a", "multipart/form-data; boundary=a\tb"})
    CHECK_FALSE(Multipart::boundary_of(none).has_value());
  CHECK_FALSE(Multipart::boundary_of("multipart/form-data; boundary=" + std::string(71, 'a')).has_value());
}

TEST_CASE("multipart: parts are the same whatever the pieces are") {
  const std::string body =
      "before\r\n" + part("name=\"a\"", "") + part("name=b; filename=\"c d.txt\"", "1\r\n--boun\r\n\r\n--2") +
      part("name=\"x\\\"y\"; filename=\"C:\\dir\\%22q%22.txt\"", "--bound") +
      "--bound  \r\ncontent-TYPE: text/plain\r\ncontent-disposition: form-data; name=\"e\"; "
      "filename=\"f\"; filename*=UTF-8''%D9%82\r\n\r\n\r\n\r\n\r\n--bound--\r\nafter";
  const std::vector<std::string> expected = {"a|-|.", "b|c d.txt|1\r\n--boun\r\n\r\n--2.",
                                             "x\"y|C:\\dir\\\"q\".txt|--bound.", "e|ق|\r\n\r\n."};
  for (std::size_t piece = 1; piece <= body.size(); ++piece) {
    INFO(piece);
    bool ended = false;
    CHECK(read(body, piece, &ended) == expected);
    CHECK(ended);
  }
  // A body that is cut off has no end.
  for (std::size_t size = 0; size < body.rfind("--\r\nafter"); ++size) {
    bool ended = false;
    read(std::string_view(body).substr(0, size), 7, &ended);
    CHECK_FALSE(ended);
  }
}

TEST_CASE("multipart: another body than a form is refused") {
  for (const std::string& body :
       {std::string("--bound\r\n\r\nx\r\n--bound--"), std::string("--bound\r\nno colon\r\n\r\n"),
        std::string("--boundx\r\n"), std::string(9000, 'x'), "--bound\r\nA: " + std::string(9000, 'x'),
        "--bound" + std::string(9000, ' '),
        std::string("--bound\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: "
                    "base64\r\n\r\n")}) {
    INFO(body.substr(0, 60));
    CHECK_THROWS_AS(read(body, body.size()), Error);
    CHECK_THROWS_AS(read(body, 5), Error);
  }
}
