#include "http/guard.h"

#include <algorithm>
#include <string_view>

#include "http/multipart.h"
#include "support/error.h"
#include "support/numbers.h"

namespace kalima::http {
namespace {

constexpr std::string_view cookie_name = "kalima_token=";

std::string lower_ascii(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// "example.org:8080" -> "example.org", "[::1]:8080" -> "[::1]".
std::string without_port(const std::string& host) {
  const std::size_t bracket = host.rfind(']');
  const std::size_t colon = host.find(':', bracket == std::string::npos ? 0 : bracket);
  return lower_ascii(host.substr(0, colon));
}

// Takes the same time wherever the texts differ.
bool same_secret(std::string_view a, std::string_view b) {
  unsigned char difference = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference = static_cast<unsigned char>(difference | (a[i] ^ b[b.empty() ? 0 : i % b.size()]));
  }
  return difference == 0;
}

bool may_change(const Request& request) {
  return request.method != "GET" && request.method != "HEAD" && request.method != "OPTIONS";
}

// "application/json; charset=utf-8" is JSON.
bool is_json_type(const std::string& content_type) {
  std::string type = lower_ascii(content_type.substr(0, content_type.find(';')));
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.pop_back();
  return type == json_type;
}

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_';
}

bool is_bare_ipv6(std::string_view host) {
  return std::ranges::count(host, ':') >= 2 &&
         host.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
}

bool is_host(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) return is_bare_ipv6(host.substr(1, host.size() - 2));
  return !host.empty() && std::ranges::all_of(host, is_host_character);
}

}  // namespace

bool is_loopback(const std::string& host) {
  if (host == "localhost" || host == "::1" || host == "[::1]") return true;
  // The whole name must be an address: anybody can own the name "127.0.0.1.example.org".
  int parts = 0;
  std::string_view rest = host;
  for (bool more = true; more; ++parts) {
    const std::size_t dot = rest.find('.');
    more = dot != std::string_view::npos;
    const std::string_view part = rest.substr(0, dot);
    // "01" is octal to some readers of addresses.
    const auto value = numbers::parse<int>(part, {.max = 255, .leading_zeros = false});
    if (!value || (parts == 0 && *value != 127)) return false;
    if (more) rest.remove_prefix(dot + 1);
  }
  return parts == 4;
}

bool names_this_machine(const Request& request) {
  for (const char* of_proxy : {"X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"}) {
    if (!request.header(of_proxy).empty()) return false;
  }
  std::string host = without_port(request.header("Host"));
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return is_loopback(host);
}

std::string problem_of_origin(std::string_view origin) {
  if (origin == "*")
    return "allows no page by name: give the origin of each page, such as https://example.org";
  const std::string lower = lower_ascii(std::string(origin));
  const bool secure = lower.starts_with("https://");
  if (!secure && !lower.starts_with("http://"))
    return "must begin with https:// or http://, such as https://example.org";
  std::string_view rest = std::string_view(lower).substr(secure ? 8 : 7);
  if (rest.find('/') != std::string_view::npos)
    return "must end after the host and port: browsers send no path, not even a last /";
  const std::size_t bracket = rest.rfind(']');
  const std::size_t colon = rest.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (!is_host(rest.substr(0, colon))) {
    return "must have a host in letters, digits, - and . (a name in another script as xn--…), such as "
           "https://example.org";
  }
  if (colon == std::string_view::npos) return {};
  const auto port =
      numbers::parse<int>(rest.substr(colon + 1), {.min = 1, .max = 65535, .leading_zeros = false});
  if (!port) return "must have a number from 1 to 65535 after the colon";
  if (*port == (secure ? 443 : 80)) return "must not name its usual port: browsers leave it out";
  return {};
}

std::string problem_of_host(std::string_view host) {
  if (is_host(host) || is_bare_ipv6(host)) return {};
  return "must be a name or an address alone, without http://, port and path, such as quran.example.org";
}

Guard::Guard(GuardOptions options)
    : options_(std::move(options)), loopback_(is_loopback(options_.bound_host)) {
  for (std::string& host : options_.allowed_hosts) {
    host = lower_ascii(host);
    // As it is in a Host header.
    if (is_bare_ipv6(host)) host = '[' + host + ']';
  }
  for (std::string& origin : options_.allowed_origins) origin = lower_ascii(origin);
}

bool Guard::host_is_ours(const std::string& host_header) const {
  const std::string host = without_port(host_header);
  return is_loopback(host) || host == lower_ascii(options_.bound_host) ||
         std::find(options_.allowed_hosts.begin(), options_.allowed_hosts.end(), host) !=
             options_.allowed_hosts.end();
}

bool Guard::origin_is_allowed(const Request& request, const std::string& origin) const {
  const std::string given = lower_ascii(origin);
  const auto& allowed = options_.allowed_origins;
  if (std::find(allowed.begin(), allowed.end(), given) != allowed.end()) return true;
  // The page's own server: "http://127.0.0.1:8080" for the host "127.0.0.1:8080". A proxy may offer https.
  const std::string host = lower_ascii(request.header("Host"));
  return !host.empty() && (given == "http://" + host || given == "https://" + host);
}

bool Guard::comes_from_another_site(const Request& request) const {
  if (request.header("Sec-Fetch-Site") != "cross-site") return false;
  const bool link = (request.method == "GET" || request.method == "HEAD") &&
                    request.header("Sec-Fetch-Mode") == "navigate" &&
                    request.header("Sec-Fetch-Dest") == "document";
  const std::string origin = request.header("Origin");
  return !link && (origin.empty() || !origin_is_allowed(request, origin));
}

bool Guard::has_token(const Request& request) const {
  constexpr std::string_view bearer = "bearer ";
  const std::string authorization = request.header("Authorization");
  if (authorization.size() > bearer.size() && lower_ascii(authorization.substr(0, bearer.size())) == bearer &&
      same_secret(std::string_view(authorization).substr(bearer.size()), options_.token)) {
    return true;
  }
  std::string cookies = request.header("Cookie");
  std::string_view rest = cookies;
  while (!rest.empty()) {
    std::string_view cookie = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), cookie.size() + 1));
    cookie.remove_prefix(std::min(cookie.find_first_not_of(' '), cookie.size()));
    if (cookie.starts_with(cookie_name) && same_secret(cookie.substr(cookie_name.size()), options_.token))
      return true;
  }
  return false;
}

// Redirects the browser to the same page without the token in its address.
Response Guard::set_cookie() const {
  Response response;
  response.status = 303;
  response.headers.emplace_back("Set-Cookie", std::string(cookie_name) + options_.token +
                                                  "; Path=" + options_.base_path +
                                                  "/; HttpOnly; SameSite=Strict; Max-Age=31536000");
  response.headers.emplace_back("Location", "/");
  return response;
}

std::optional<Response> Guard::refuse(const Request& request) const {
  if (const std::string host = request.header("Host"); loopback_ && !host.empty() && !host_is_ours(host)) {
    return error_response({ErrorCode::forbidden,
                           "the Host header names another server; if this server is behind a proxy, start it "
                           "with --allow-host NAME"});
  }
  if (comes_from_another_site(request)) {
    return error_response(
        {ErrorCode::forbidden,
         "pages of another site may not load anything from here; --allow-origin allows one"});
  }
  const std::string origin = request.header("Origin");
  const bool foreign = !origin.empty() && !origin_is_allowed(request, origin);
  if (may_change(request)) {
    if (foreign) {
      return error_response({ErrorCode::forbidden,
                             "pages of another origin may not change anything; --allow-origin allows one"});
    }
    const std::string type = request.header("Content-Type");
    // A page elsewhere may send files without asking first; but browsers send the Origin with them.
    const bool upload = request.path == options_.upload_path;
    const bool other = type.empty() ? request.has_body || !request.body.empty() : !is_json_type(type);
    if (other && !(upload && Multipart::boundary_of(type))) {
      if (upload && Multipart::is_form(type)) {
        return error_response(
            {ErrorCode::unsupported_type,
             "the Content-Type multipart/form-data has no boundary, or one that is not possible",
             "leave the header to the program that makes the form (curl -F, a browser), or "
             "send multipart/form-data; boundary=…"});
      }
      if (upload) return error_response(another_form());
      return error_response({ErrorCode::unsupported_type, "send the body as Content-Type: application/json"});
    }
  }
  if (request.method == "OPTIONS" && !foreign && !request.header("Access-Control-Request-Method").empty()) {
    Response preflight;
    preflight.status = 204;
    return preflight;
  }
  if (!options_.token.empty() && request.path != "/healthz" && !has_token(request)) {
    const auto given = request.parameter("token");
    if (request.path == "/" && given && same_secret(*given, options_.token)) return set_cookie();
    Response response = error_response({ErrorCode::unauthorized,
                                        "a token is needed: open /?token=TOKEN once in the browser, or send "
                                        "Authorization: Bearer TOKEN"});
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
  }
  return std::nullopt;
}

void Guard::add_headers(const Request& request, Response& response) const {
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  // A page of another origin could show this one in a frame, and lead the clicks of its visitors.
  response.headers.emplace_back("X-Frame-Options", "SAMEORIGIN");
  const bool has_policy = std::ranges::any_of(
      response.headers, [](const auto& h) { return h.first == "Content-Security-Policy"; });
  if (!has_policy) response.headers.emplace_back("Content-Security-Policy", "frame-ancestors 'self'");
  if (options_.allowed_origins.empty()) return;
  response.headers.emplace_back("Vary", "Origin");
  const std::string origin = request.header("Origin");
  const auto& allowed = options_.allowed_origins;
  if (std::find(allowed.begin(), allowed.end(), lower_ascii(origin)) == allowed.end()) return;
  response.headers.emplace_back("Access-Control-Allow-Origin", origin);
  response.headers.emplace_back("Access-Control-Allow-Credentials", "true");
  response.headers.emplace_back("Access-Control-Expose-Headers", "ETag");
  if (request.method == "OPTIONS") {
    response.headers.emplace_back("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE");
    response.headers.emplace_back("Access-Control-Allow-Headers", "Content-Type, Authorization, If-Match");
    response.headers.emplace_back("Access-Control-Max-Age", "600");
  }
}

}  // namespace kalima::http
