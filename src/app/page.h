// The web page (src/web): the files of which it consists, and the addresses that show it. It is one document; its
// script shows what the address names.
#pragma once

#include <functional>
#include <string>

#include "http/message.h"
#include "http/router.h"

namespace kalima::app {

// What the API answers to a request.
using AskApi = std::function<http::Response(const http::Request&)>;

class Page {
 public:
  // `base_path` is what comes before all addresses of the page: "/quran", or empty.
  Page(AskApi ask, const std::string& base_path);

  // Threads: any may use the routes, and what follows. An address that names something, such as /2:255, has the status 404
  // if the API does not find that.
  void add_routes(http::Router& router) const;
  // What an address shows that no route has: the page, if it names a word, verse, surah or part of the Quran. Else 404: for
  // people the page, which says it and leads on; for programs an error.
  http::Response elsewhere(const http::Request& request) const;

 private:
  http::Response document(const http::Request& request, int status) const;
  http::Response missing(const http::Request& request) const;
  http::Response about(const http::Request& request, std::string path) const;

  AskApi ask_;
  std::string html_;  // the document with the base path; empty without one
};

}  // namespace kalima::app
