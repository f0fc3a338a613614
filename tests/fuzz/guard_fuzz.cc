// http/guard: whatever the headers are, what comes through is what may: a host that is ours, no change by a
// foreign page, none that is not JSON, nothing without the token.
//
// An input is a byte that picks the options, then a line each: method, target, Host, Origin, Content-Type,
// Authorization, Cookie, Access-Control-Request-Method; the rest is the body.
//
// libFuzzer: -max_len=512
#include "http/guard.h"

#include <arpa/inet.h>

#include <map>

#include "fuzzing.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return text;
}

// By the system's reading of addresses.
bool names_loopback(const std::string& host) {
  if (host == "localhost" || host == "::1" || host == "[::1]") return true;
  in_addr address{};
  return host.find('\0') == std::string::npos && ::inet_pton(AF_INET, host.c_str(), &address) == 1 &&
         (ntohl(address.s_addr) >> 24) == 127;
}

std::string host_without_port(const std::string& header) {
  if (header.starts_with("[")) return lower(header.substr(0, header.find(']') + 1));
  return lower(header.substr(0, header.find(':')));
}

constexpr const char* token = "secret-token";

// The token somewhere in what was sent, delimited as it must be.
bool sent_token(const http::Request& request) {
  const std::string authorization = request.header("Authorization");
  if (lower(authorization.substr(0, 7)) == "bearer " && authorization.substr(7) == token) return true;
  // Any of the cookies may be it, after any number of spaces.
  const std::string cookies = ";" + request.header("Cookie") + ";";
  const std::string wanted = std::string("kalima_token=") + token + ";";
  for (auto at = cookies.find(wanted); at != std::string::npos; at = cookies.find(wanted, at + 1)) {
    if (cookies[cookies.find_last_not_of(' ', at - 1)] == ';') return true;
  }
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const std::uint8_t bits = input.byte();
  http::GuardOptions options;
  options.bound_host = (bits & 1) != 0 ? "127.0.0.1" : (bits & 2) != 0 ? "0.0.0.0" : "::1";
  if ((bits & 4) != 0) options.allowed_hosts = {"Kalima.example"};
  if ((bits & 8) != 0) options.allowed_origins = {"https://Page.example"};
  if ((bits & 16) != 0) options.token = token;
  const http::Guard guard(options);

  http::Request request;
  request.method = input.line();
  http::parse_target(input.line(), request);
  std::map<std::string, std::string> headers;
  for (const char* name :
       {"Host", "Origin", "Content-Type", "Authorization", "Cookie", "Access-Control-Request-Method"}) {
    headers[name] = input.line();
  }
  request.header = [&](const char* name) { return headers.contains(name) ? headers[name] : std::string(); };
  request.body = input.rest();
  const std::string &host = headers["Host"], &origin = headers["Origin"], &type = headers["Content-Type"];

  FUZZ_CHECK(http::is_loopback(host) == names_loopback(host));

  const auto refusal = guard.refuse(request);
  http::Response shown;
  guard.add_headers(request, shown);
  const bool allowed_origin = (bits & 8) != 0 && lower(origin) == "https://page.example";
  for (const auto& [name, value] : shown.headers) {
    if (name.starts_with("Access-Control")) FUZZ_CHECK(allowed_origin);
  }
  if (refusal) {
    FUZZ_CHECK(refusal->status == 403 || refusal->status == 415 || refusal->status == 401 ||
               refusal->status == 204 || refusal->status == 303);
    if (refusal->status == 303) {
      FUZZ_CHECK((bits & 16) != 0 && request.parameter("token") == token);
    } else {
      for (const auto& [name, value] : refusal->headers) FUZZ_CHECK(value.find(token) == std::string::npos);
      FUZZ_CHECK(refusal->body.flattened().find(token) == std::string::npos);
    }
    return 0;
  }
  const bool loopback = options.bound_host != "0.0.0.0";
  const std::string name = host_without_port(host);
  FUZZ_CHECK(!loopback || host.empty() || names_loopback(name) ||
             ((bits & 4) != 0 && name == "kalima.example"));
  const bool reads = request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
  if (!reads) {
    const std::string own = lower(host);
    FUZZ_CHECK(origin.empty() || allowed_origin ||
               (!host.empty() && (lower(origin) == "http://" + own || lower(origin) == "https://" + own)));
    FUZZ_CHECK(type.empty() ? request.body.empty() : lower(type).starts_with("application/json"));
  }
  FUZZ_CHECK((bits & 16) == 0 || request.path == "/healthz" || sent_token(request));
  return 0;
}
