// http/router: the first route whose pattern fits is taken, its parts are those of the path, and every
// request gets an answer.
//
// An input is a method and a path, each on a line.
//
// libFuzzer: -max_len=512
#include "http/router.h"

#include <limits>

#include "fuzzing.h"
#include "support/json.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;

constexpr std::pair<const char*, const char*> routes[] = {
    {"GET", "/"},
    {"GET", "/api/verse/{int}/{int}"},
    {"GET", "/api/verse/index/{int}"},
    {"POST", "/api/{text}"},
    {"GET", "/api/{text}"},
    {"PUT", "/api/{text}/{text}"},
    {"GET", "/static/{path}"},
    {"DELETE", "/{int}/x"},
    {"GET", "/a//{text}"},
    {"POST", "/static/{path}"},
};

// Answers with the route's number and what it was called with.
http::Handler echo(std::size_t route) {
  return [route](const http::Request&, const http::PathParts& parts) {
    json::Array answer{static_cast<std::int64_t>(route)};
    for (const std::uint64_t number : parts.numbers) answer.emplace_back(std::to_string(number));
    for (const std::string& text : parts.texts) answer.emplace_back(text);
    http::Response response;
    response.body.append(json::ordered(json::Value(answer)));
    return response;
  };
}

std::string number_text(std::string_view digits) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
  constexpr std::string_view most = "18446744073709551615";
  const bool over = digits.size() > most.size() || (digits.size() == most.size() && digits > most);
  return std::string(over ? most : digits);
}

// What the pattern takes out of the path, numbers first, or nothing when it does not fit: by its characters,
// with no splitting.
std::optional<std::vector<std::string>> taken(std::string_view pattern, std::string_view path) {
  std::vector<std::string> numbers, texts;
  while (!pattern.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    if (pattern.starts_with("{path}")) {
      if (path.empty()) return std::nullopt;
      texts.emplace_back(path);
      path = {};
      pattern.remove_prefix(6);
    } else if (pattern.starts_with("{text}")) {
      if (part.empty()) return std::nullopt;
      texts.emplace_back(part);
      path.remove_prefix(part.size());
      pattern.remove_prefix(6);
    } else if (pattern.starts_with("{int}")) {
      if (part.empty() || part.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
      numbers.push_back(number_text(part));
      path.remove_prefix(part.size());
      pattern.remove_prefix(5);
    } else {
      if (path.empty() || path.front() != pattern.front()) return std::nullopt;
      path.remove_prefix(1);
      pattern.remove_prefix(1);
    }
  }
  if (!path.empty()) return std::nullopt;
  numbers.insert(numbers.end(), texts.begin(), texts.end());
  return numbers;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const http::Router router = [] {
    http::Router made;
    for (std::size_t i = 0; i < std::size(routes); ++i) made.add(routes[i].first, routes[i].second, echo(i));
    return made;
  }();
  Input input(data, size);
  http::Request request;
  request.method = input.line();
  request.path = input.line();
  const std::string method = request.method == "HEAD" ? "GET" : request.method;

  std::optional<std::string> wanted;
  bool any_method = false;
  for (std::size_t i = 0; i < std::size(routes) && !wanted; ++i) {
    const auto parts = taken(routes[i].second, request.path);
    if (!parts) continue;
    any_method = true;
    if (routes[i].first != method) continue;
    json::Array answer{static_cast<std::int64_t>(i)};
    for (const std::string& part : *parts) answer.emplace_back(part);
    wanted = json::ordered(json::Value(answer));
  }

  const http::Response response = router.answer(request);
  const std::string body = response.body.flattened();
  if (wanted) {
    FUZZ_CHECK(response.status == 200 && body == *wanted);
  } else if (!any_method) {
    FUZZ_CHECK(response.status == 404);
  } else {
    FUZZ_CHECK(response.status == (request.method == "OPTIONS" ? 200 : 405));
    FUZZ_CHECK(response.headers.size() == 1 && response.headers[0].first == "Allow");
    FUZZ_CHECK(response.headers[0].second.find("OPTIONS") != std::string::npos);
  }
  if (response.status >= 400) FUZZ_CHECK(json::parse(body).find("error") != nullptr);
  return 0;
}
