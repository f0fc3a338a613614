#include "http/router.h"

#include <algorithm>
#include <limits>
#include <set>

#include "support/error.h"
#include "support/log.h"
#include "support/numbers.h"

namespace kalima::http {
namespace {

std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Any number of digits: a number that is too large names nothing, as the largest does.
std::uint64_t to_number(std::string_view digits) {
  return numbers::parse<std::uint64_t>(digits).value_or(std::numeric_limits<std::uint64_t>::max());
}

}  // namespace

void Router::add(std::string_view method, std::string_view pattern, Handler handler, RouteTraits traits) {
  Route route{std::string(method), std::string(pattern), {}, std::move(handler), std::move(traits)};
  if (route.traits.name.empty()) route.traits.name = route.pattern;
  for (const std::string_view part : split_path(pattern)) route.parts.emplace_back(part);
  routes_.push_back(std::move(route));
}

bool Router::fits(const Route& route, const std::vector<std::string_view>& parts, PathParts& values) {
  const bool open_end = route.parts.back() == "{path}";
  if (open_end ? parts.size() < route.parts.size() : parts.size() != route.parts.size()) return false;
  values = {};
  for (std::size_t i = 0; i < route.parts.size(); ++i) {
    const std::string& wanted = route.parts[i];
    if (wanted == "{int}") {
      if (!is_number(parts[i])) return false;
      values.numbers.push_back(to_number(parts[i]));
    } else if (wanted == "{text}") {
      if (parts[i].empty()) return false;
      values.texts.emplace_back(parts[i]);
    } else if (wanted == "{path}") {
      const char* begin = parts[i].data();
      const char* end = parts.back().data() + parts.back().size();
      if (begin == end) return false;
      values.texts.emplace_back(begin, static_cast<std::size_t>(end - begin));
      return true;
    } else if (parts[i] != wanted) {
      return false;
    }
  }
  return true;
}

std::vector<std::pair<std::string_view, std::string_view>> Router::routes() const {
  std::vector<std::pair<std::string_view, std::string_view>> out;
  for (const Route& route : routes_) out.emplace_back(route.method, route.pattern);
  return out;
}

std::string Router::Match::name() const {
  return route_ == nullptr ? "other" : route_->method + ' ' + route_->traits.name;
}

Response Router::Match::answer(const Request& request) const {
  if (route_ == nullptr) return refusal_;
  try {
    return route_->handler(request, parts_);
  } catch (...) {  // the one place where what a handler throws becomes an answer
    const Error error = current_error();
    if (error.code() == ErrorCode::internal) {
      log::error("{} {}: {}", request.method, request.path, error.detail());
    }
    return error_response(error);
  }
}

Router::Match Router::match(const Request& request) const {
  const std::string_view method = request.method == "HEAD" ? std::string_view("GET") : request.method;
  const auto parts = split_path(request.path);
  Match match;
  std::set<std::string> allowed;
  for (const Route& route : routes_) {
    if (!fits(route, parts, match.parts_)) continue;
    if (route.method == method) {
      match.route_ = &route;
      return match;
    }
    allowed.insert(route.method);
  }
  if (allowed.empty()) {
    match.refusal_ = error_response({ErrorCode::not_found, "no such path: " + request.path});
    return match;
  }
  if (allowed.contains("GET")) allowed.insert("HEAD");
  allowed.insert("OPTIONS");
  std::string list;
  for (const std::string& name : allowed) list += (list.empty() ? "" : ", ") + name;
  if (request.method != "OPTIONS") {
    match.refusal_ = error_response(
        {ErrorCode::method_not_allowed, request.method + " is not allowed here; allowed: " + list});
  }
  match.refusal_.headers.emplace_back("Allow", list);
  return match;
}

}  // namespace kalima::http
