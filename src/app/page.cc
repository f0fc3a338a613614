#include "app/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "app/page_files.h"
#include "http/route.h"
#include "http/static_files.h"
#include "support/inflate.h"

namespace kalima::app {
namespace {

// Whatever the page loads comes from this server, and no other page may show it in a frame. `data:` and `blob:` are for
// pictures that it makes itself.
constexpr std::string_view content_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PageFile* find_file(std::string_view name) {
  const auto files = page_files();
  const auto found = std::ranges::find(files, name, &PageFile::name);
  return found == files.end() ? nullptr : &*found;
}

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

// As browsers write it: "gzip, deflate, br". A client that has reasons to refuse it writes "gzip;q=0" or leaves it out.
bool takes_gzip(const http::Request& request) {
  const std::string accepted = request.header("Accept-Encoding");
  const std::size_t at = accepted.find("gzip");
  return at != std::string::npos && !std::string_view(accepted).substr(at).starts_with("gzip;q=0");
}

bool takes_pages(const http::Request& request) {
  return request.header("Accept").find("text/html") != std::string::npos;
}

http::Response content_of(const PageFile& file, const http::Request& request) {
  http::Response response;
  response.content_type = http::media_type(file.name);
  if (!is_gzip(file.bytes)) {
    response.body.splice(file.bytes);
    return response;
  }
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (takes_gzip(request)) {
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.body.splice(file.bytes);
  } else {
    response.body = http::Body(inflate(file.bytes));
  }
  return response;
}

// The name contains a hash of the content, which therefore never changes.
http::Response asset(const http::Request& request, std::string_view name) {
  const PageFile* file = find_file(name);
  if (file == nullptr)
    return http::error_response({ErrorCode::not_found, fmt::format("no such file: {}", name)});
  http::Response response = content_of(*file, request);
  response.headers.emplace_back("ETag", fmt::format("\"{:016x}\"", response.body.hash()));
  response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  http::make_conditional(request, response);
  return response;
}

http::Response page(const http::Request& request, int status) {
  http::Response response = content_of(*find_file("index.html"), request);
  response.status = status;
  response.headers.emplace_back("Content-Security-Policy", content_policy);
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  http::make_conditional(request, response);
  return response;
}

http::Response missing(const http::Request& request) {
  if (takes_pages(request)) return page(request, 404);
  return http::error_response({ErrorCode::not_found, fmt::format("no such path: {}", request.path)});
}

// Shows the page if the API has something at `path`.
http::Response page_about(const http::Request& request, const AskApi& ask, std::string path) {
  http::Request question;
  question.method = "GET";
  question.path = std::move(path);
  question.header = [](const char*) { return std::string(); };
  return ask(question).status == 200 ? page(request, 200) : missing(request);
}

}  // namespace

http::Response page_elsewhere(const http::Request& request, const AskApi& ask) {
  const std::string_view place = std::string_view(request.path).substr(1);
  const bool asks = request.method == "GET" || request.method == "HEAD";
  if (!asks || place.empty() || place.find('/') != std::string_view::npos) return missing(request);
  const bool word = std::ranges::count(place, ':') == 2 && place.find('-') == std::string_view::npos;
  return page_about(request, ask, fmt::format("/api/v1/{}/{}", word ? "words" : "verses", place));
}

void add_page_routes(http::Router& router, AskApi ask) {
  for (const std::string_view path : {"/", "/search", "/help"}) {
    router.add("GET", path,
               [](const http::Request& request, const http::PathParts&) { return page(request, 200); });
  }
  router.add("GET", "/ui/{text}", [](const http::Request& request, const http::PathParts& parts) {
    return asset(request, "ui/" + parts.texts[0]);
  });
  const auto add_about = [&](std::string_view pattern, std::string_view api) {
    router.add("GET", pattern,
               [ask, api = std::string(api)](const http::Request& request, const http::PathParts& parts) {
                 return page_about(request, ask, api + parts.texts[0]);
               });
  };
  add_about("/tree/{text}", "/api/v1/trees/");
  add_about("/root/{text}", "/api/v1/roots/");
  add_about("/lemma/{text}", "/api/v1/lemmas/");
}

}  // namespace kalima::app
