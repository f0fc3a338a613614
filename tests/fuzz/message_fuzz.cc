// http/message and http/body: addresses are split and decoded, whatever they contain, and bodies give back
// what went in.
//
// libFuzzer: -runs=5000
#include "http/message.h"

#include "api/legacy/values.h"
#include "fuzzing.h"
#include "support/json.h"
#include "support/utf8.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;

std::string encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    char code[4];
    std::snprintf(code, sizeof code, "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
    out += code;
  }
  return out;
}

void check_decoding(std::string_view text) {
  for (const bool plus : {false, true}) {
    const std::string decoded = http::percent_decoded(text, plus);
    FUZZ_CHECK(utf8::valid(decoded));
    if (text.find('%') == std::string_view::npos && (!plus || text.find('+') == std::string_view::npos)) {
      FUZZ_CHECK(decoded == utf8::repaired(text));
    }
  }
  FUZZ_CHECK(http::percent_decoded(encoded(text), true) == utf8::repaired(text));
}

void check_target(std::string_view target) {
  http::Request request;
  request.query = {{"left", "over"}};
  http::parse_target(target, request);
  FUZZ_CHECK(utf8::valid(request.path));
  const std::size_t mark = target.find('?');
  FUZZ_CHECK(request.path == http::percent_decoded(target.substr(0, mark), false));
  FUZZ_CHECK(mark != std::string_view::npos || request.query.empty());
  std::string again = encoded(request.path) + '?';
  for (const auto& parameter : request.query) {
    const std::string &name = parameter.first, &value = parameter.second;
    FUZZ_CHECK(utf8::valid(name) && utf8::valid(value));
    again += encoded(name) + '=' + encoded(value) + '&';
    FUZZ_CHECK(request.parameter(name).has_value());
    http::Request limited;
    limited.query = {{"limit", value}};
    refused_or([&] { return api::legacy::count_parameter(limited, "limit", 0); });
  }
  http::Request same;
  http::parse_target(again, same);
  FUZZ_CHECK(same.path == request.path && same.query == request.query);
}

void check_errors(std::string_view message) {
  const std::string body =
      http::error_response(http::Problem{.status = 400, .message = std::string(message)}).body.flattened();
  const json::Value value = json::parse(body);
  FUZZ_CHECK(value.find("error") != nullptr && value.find("error")->as_string() != nullptr);
  FUZZ_CHECK(utf8::to_code_points(*value.find("error")->as_string()).size() <= 403);
  FUZZ_CHECK(body.ends_with("}\n"));
}

void check_body(Input input) {
  http::Body body;
  std::string wanted;
  for (std::string_view rest = input.rest(); !rest.empty();) {
    const std::size_t count =
        std::min<std::size_t>(rest.size(), static_cast<unsigned char>(rest.front()) % 16u);
    const bool own = (static_cast<unsigned char>(rest.front()) & 16u) != 0;
    rest.remove_prefix(1);
    const std::string_view text = rest.substr(0, count);
    own ? body.append(text) : body.splice(text);
    wanted += text;
    rest.remove_prefix(text.size());
  }
  FUZZ_CHECK(body.size() == wanted.size() && body.flattened() == wanted);
  const http::Body shared = http::Body::sharing(std::make_shared<const http::Body>(std::move(body)));
  for (const std::size_t step : {1u, 7u, 4096u}) {
    http::Body::Reader reader(shared);
    std::string read, buffer(step, '\0');
    while (const std::size_t count = reader.read(buffer.data(), step)) read.append(buffer, 0, count);
    FUZZ_CHECK(read == wanted);
  }
}

// "1:2" and the like: what is read as a reference is one in other digits and white space too.
void check_values(std::string_view text) {
  const auto number = api::legacy::python_int(text);
  if (number) FUZZ_CHECK(api::legacy::python_int(std::to_string(*number)) == *number);
  const auto reference = api::legacy::parse_reference(text);
  if (!reference) return;
  const auto again =
      api::legacy::parse_reference(std::to_string(reference->surah) + ':' + std::to_string(reference->ayah));
  FUZZ_CHECK(again && again->surah == reference->surah && again->ayah == reference->ayah);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_decoding(text);
  check_target(text);
  check_errors(text);
  check_body({data, size});
  check_values(text);
  return 0;
}
