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

class Router {
 public:
  // `pattern` is a path whose parts may be {int} (decimal digits), {text} (any part that is not empty) or, as
  // the last one, {path} (the rest, not empty). If several match, the first one added wins.
  void add(std::string_view method, std::string_view pattern, Handler handler);

  // Answers every request: with the handler's response, 404 if no route has the path, 405 with Allow if a
  // route has it for other methods, 200 with Allow for OPTIONS. HEAD is routed like GET. A thrown Error
  // becomes its status with {"error": ...}; any other exception becomes a 500 and is logged.
  Response answer(const Request& request) const;

 private:
  struct Route {
    std::string method;
    std::vector<std::string> parts;
    Handler handler;
  };
  static bool fits(const Route& route, const std::vector<std::string_view>& parts, PathParts& values);

  std::vector<Route> routes_;
};

}  // namespace kalima::http
