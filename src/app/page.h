// The web page (src/web): the files of which it consists, and the addresses that show it. It is one document; its
// script shows what the address names.
#pragma once

#include <functional>

#include "http/message.h"
#include "http/router.h"

namespace kalima::app {

// What the API answers to a request.
using AskApi = std::function<http::Response(const http::Request&)>;

// An address that names something, such as /2:255, has the status 404 if `ask` does not find that. Threads: any may use
// the routes.
void add_page_routes(http::Router& router, AskApi ask);

// What an address shows that no route has: the page, if it names a word, verse, surah or part of the Quran. Else 404: for
// people the page, which says it and leads on; for programs an error.
http::Response page_elsewhere(const http::Request& request, const AskApi& ask);

}  // namespace kalima::app
