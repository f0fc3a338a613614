// Who may ask what: protection of a server on a desktop, where any web page that the user visits can send requests to
// it.
//
// - On loopback, the Host header must be ours: a page whose name was made to point to 127.0.0.1 (DNS rebinding) sends
//   its own.
// - A request that may change something must not come from a page of another origin, and its body must be declared as
//   JSON, which such a page cannot do without asking first (CORS), and the answer to that is no.
// - With a token, every request but /healthz must bring it, as `Authorization: Bearer` or as a cookie that
//   /?token=TOKEN sets.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/message.h"

namespace kalima::http {

struct GuardOptions {
  std::string bound_host;                    // what the server listens on
  std::vector<std::string> allowed_hosts;    // further names in the Host header; without port
  std::vector<std::string> allowed_origins;  // pages that may read and write, "https://example.org"
  std::string token;                         // empty: none is asked for
};

// True for 127.0.0.0/8, ::1 and localhost.
bool is_loopback(const std::string& host);

class Guard {
 public:
  explicit Guard(GuardOptions options);

  // The answer to a request that must not go on, or nothing. Any thread.
  std::optional<Response> refuse(const Request& request) const;
  // Adds what an allowed foreign page's browser wants to see.
  void add_headers(const Request& request, Response& response) const;

 private:
  bool host_is_ours(const std::string& host_header) const;
  bool origin_is_allowed(const Request& request, const std::string& origin) const;
  bool has_token(const Request& request) const;
  Response set_cookie() const;

  GuardOptions options_;
  bool loopback_;
};

}  // namespace kalima::http
