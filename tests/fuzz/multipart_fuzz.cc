// http/multipart: whatever a body is, and however it is cut into pieces, the parts are the same, and no part has the boundary.
//
// An input is a byte, the size of the pieces, then the body with the boundary "b".
//
// libFuzzer: -max_len=512
#include "http/multipart.h"

#include "fuzzing.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;

struct Seen : http::Parts {
  void begin_part(const std::string& name, const std::optional<std::string>& file) override {
    FUZZ_CHECK(!open);
    open = true;
    text += name + '\0' + file.value_or("") + '\0';
    content.clear();
  }
  void add_to_part(std::string_view bytes) override {
    FUZZ_CHECK(open);
    content += bytes;
  }
  void end_part() override {
    FUZZ_CHECK(open && content.find("\r\n--b") == std::string::npos);
    open = false;
    text += content + '\0';
  }
  bool open = false;
  std::string text, content;
};

// What is found; nullopt if it is refused.
std::optional<std::string> parts_of(std::string_view body, std::size_t piece) {
  Seen seen;
  http::Multipart reader("b", seen);
  try {
    for (std::size_t at = 0; at < body.size(); at += piece) reader.add(body.substr(at, piece));
  } catch (const Error&) {
    return std::nullopt;
  }
  return seen.text + (seen.open ? "open" : "") + (reader.ended() ? "ended" : "");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const std::size_t piece = 1 + input.byte();
  const std::string body(input.rest());
  FUZZ_CHECK(parts_of(body, piece) == parts_of(body, body.size() + 1));
  return 0;
}
