#include "app/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "app/page_files.h"
#include "http/compression.h"
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

bool takes_pages(const http::Request& request) {
  return request.header("Accept").find("text/html") != std::string::npos;
}

// The document as it is where its addresses begin with `base_path`. All other files name each other as neighbours, and the
// script finds out where it is.
std::string html_at(const std::string& base_path) {
  std::string html = inflate(find_file("index.html")->bytes);
  for (const std::string_view place : {"/ui/", "/api/"}) {
    for (std::size_t at = html.find(place); at != std::string::npos;
         at = html.find(place, at + base_path.size() + 1))
      html.insert(at, base_path);
  }
  return html;
}

http::Response content_of(const PageFile& file, const http::Request& request) {
  http::Response response;
  response.content_type = http::media_type(file.name);
  if (!is_gzip(file.bytes)) {
    response.body.splice(file.bytes);
    return response;
  }
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (http::takes_gzip(request)) {
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

// The lists of words, roots and so on (src/web/src/lists.ts).
constexpr std::string_view list_names[] = {"roots",     "lemmas", "words",  "tags",
                                           "relations", "ngrams", "endings"};

}  // namespace

Page::Page(AskApi ask, const std::string& base_path)
    : ask_(std::move(ask)), html_(base_path.empty() ? std::string() : html_at(base_path)) {}

http::Response Page::document(const http::Request& request, int status) const {
  http::Response response;
  if (html_.empty()) {
    response = content_of(*find_file("index.html"), request);
  } else {
    response.content_type = http::media_type("index.html");
    response.body.splice(html_);
  }
  response.status = status;
  response.headers.emplace_back("Content-Security-Policy", content_policy);
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  http::make_conditional(request, response);
  return response;
}

http::Response Page::missing(const http::Request& request) const {
  if (takes_pages(request)) return document(request, 404);
  return http::error_response({ErrorCode::not_found, fmt::format("no such path: {}", request.path)});
}

// Shows the page if the API has something at `path`.
http::Response Page::about(const http::Request& request, std::string path) const {
  http::Request question;
  question.method = "GET";
  question.path = std::move(path);
  question.header = [](const char*) { return std::string(); };
  return ask_(question).status == 200 ? document(request, 200) : missing(request);
}

http::Response Page::elsewhere(const http::Request& request) const {
  const std::string_view place = std::string_view(request.path).substr(1);
  const bool asks = request.method == "GET" || request.method == "HEAD";
  if (!asks || place.empty() || place.find('/') != std::string_view::npos) return missing(request);
  const bool word = std::ranges::count(place, ':') == 2 && place.find('-') == std::string_view::npos;
  return about(request, fmt::format("/api/v1/{}/{}", word ? "words" : "verses", place));
}

void Page::add_routes(http::Router& router) const {
  for (const std::string_view path : {"/", "/search", "/notes", "/help", "/lists", "/import"}) {
    router.add("GET", path, [this](const http::Request& request, const http::PathParts&) {
      return document(request, 200);
    });
  }
  router.add("GET", "/ui/{text}", [](const http::Request& request, const http::PathParts& parts) {
    return asset(request, "ui/" + parts.texts[0]);
  });
  router.add("GET", "/lists/{text}", [this](const http::Request& request, const http::PathParts& parts) {
    const bool known = std::ranges::find(list_names, parts.texts[0]) != std::end(list_names);
    return known ? document(request, 200) : missing(request);
  });
  const auto add_about = [&](std::string_view pattern, std::string_view api) {
    router.add("GET", pattern,
               [this, api = std::string(api)](const http::Request& request, const http::PathParts& parts) {
                 return about(request, api + parts.texts[0]);
               });
  };
  add_about("/tree/{text}", "/api/v1/trees/");
  add_about("/root/{text}", "/api/v1/roots/");
  add_about("/lemma/{text}", "/api/v1/lemmas/");
}

}  // namespace kalima::app
