// Which requests are allowed: protects a server on a desktop, to which any web page that the user visits can
// send requests.
// - On loopback, the Host header must be a known name: a page whose name was made to point to 127.0.0.1 (DNS rebinding) sends that name.
// - A request that may change something must not come from a page of another origin, and its body must be declared as
//   JSON, which such a page cannot do without asking first (CORS); Kalima then refuses.
// - What a browser says to come from another site (Sec-Fetch-Site) is refused, unless it is a link that leads here: no page
//   elsewhere can show, load or frame anything of this server.
// - With a token, every request but /healthz must carry it, as `Authorization: Bearer` or as a cookie that
//   /?token=TOKEN sets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace kalima::http {

struct GuardOptions {
  std::string bound_host;                    // what the server listens on
  std::vector<std::string> allowed_hosts;    // further names in the Host header; without port
  std::vector<std::string> allowed_origins;  // pages that may read and write, "https://example.org"
  std::string token;                         // empty: not required
  std::string base_path = {};    // of all that the browser shows of this server: "/quran", or empty
  std::string upload_path = {};  // takes multipart/form-data, too
};

// True for 127.0.0.0/8, ::1 and localhost.
bool is_loopback(const std::string& host);

// True if no proxy has named itself, and the Host is one of this machine.
bool names_this_machine(const Request& request);
// True if the client is on this machine. A proxy that hides itself is taken for a client.
inline bool is_from_this_machine(const Request& request) {
  return request.peer_is_loopback && names_this_machine(request);
}

// Why a text cannot be one of allowed_origins or allowed_hosts, and what to write instead; empty if it can.
std::string problem_of_origin(std::string_view origin);
std::string problem_of_host(std::string_view host);

class Guard {
 public:
  explicit Guard(GuardOptions options);

  // The answer to a request that is refused, else nullopt. Threads: any.
  std::optional<Response> refuse(const Request& request) const;
  // Adds the headers that the browser of an allowed foreign page needs, and those that keep other pages from showing this one
  // in a frame.
  void add_headers(const Request& request, Response& response) const;

 private:
  bool host_is_ours(const std::string& host_header) const;
  bool origin_is_allowed(const Request& request, const std::string& origin) const;
  bool comes_from_another_site(const Request& request) const;
  bool has_token(const Request& request) const;
  Response set_cookie() const;

  GuardOptions options_;
  bool loopback_;
};

}  // namespace kalima::http
