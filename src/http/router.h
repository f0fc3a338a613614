// Finds the handler of a request.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace kalima::http {

// The variable parts of a path, in order. A number that is too large for 64 bits becomes the largest one.
struct PathParts {
  std::vector<std::uint64_t> numbers;
  std::vector<std::string> texts;
};

using Handler = std::function<Response(const Request&, const PathParts&)>;

struct RouteTraits {
  bool cached = false;      // see Match
  bool only_reads = false;  // although the method is another than GET
  std::string name = {};    // in the metrics; if empty, the pattern
};

class Router {
 public:
  // `pattern` is a path whose parts may be {int} (decimal digits), {text} (any part that is not empty) or, as
  // the last one, {path} (the rest, not empty). If several match, the first one added wins.
  void add(std::string_view method, std::string_view pattern, Handler handler, RouteTraits traits = {});

 private:
  struct Route {
    std::string method, pattern;
    std::vector<std::string> parts;
    Handler handler;
    RouteTraits traits;
  };

 public:
  // What is to answer a request. Valid as long as the router; the request is not kept.
  class Match {
   public:
    // The answers of the route may be kept: they do not change until what they show changes.
    bool cached() const { return route_ != nullptr && route_->traits.cached; }
    bool found() const { return route_ != nullptr; }
    // Nothing is written to answer.
    bool only_reads() const {
      return route_ == nullptr || route_->method == "GET" || route_->traits.only_reads;
    }
    // No route has the path, for any method.
    bool missing() const { return route_ == nullptr && refusal_.status == 404; }
    // "GET /api/v1/verses/{range}"; "other" if no route is meant.
    std::string name() const;
    // The handler's response; without a route the refusal. A thrown Error becomes its status with {"error": ...}; any
    // other exception becomes a 500 and is logged.
    Response answer(const Request& request) const;

   private:
    friend class Router;
    const Route* route_ = nullptr;
    PathParts parts_;
    Response refusal_;
  };
  // Without a route: 404 if no route has the path, 405 with Allow if a route has it for other methods, 200 with Allow
  // for OPTIONS. HEAD is routed like GET.
  Match match(const Request& request) const;
  Response answer(const Request& request) const { return match(request).answer(request); }

  // Method and pattern of all routes.
  std::vector<std::pair<std::string_view, std::string_view>> routes() const;

 private:
  static bool fits(const Route& route, const std::vector<std::string_view>& parts, PathParts& values);

  std::vector<Route> routes_;
};

}  // namespace kalima::http
