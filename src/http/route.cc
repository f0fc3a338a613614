#include "http/route.h"

#include <fmt/format.h>

#include <algorithm>

#include "http/problem.h"
#include "support/hash.h"
#include "support/json_strict.h"
#include "support/nearest.h"

namespace kalima::http {
namespace {

constexpr std::string_view token_parameter = "token";

[[noreturn]] void refuse_parameter(std::string_view name, std::string message, std::string cure = {}) {
  throw Error(ErrorCode::bad_input, std::move(message), std::move(cure))
      .with({.parameter = std::string(name)});
}

[[noreturn]] void refuse_unknown(std::string_view name, std::span<const Parameter* const> declared) {
  std::string known;
  std::vector<std::string_view> names;
  for (const Parameter* parameter : declared) {
    if (parameter->place != Parameter::Place::query) continue;
    known += (known.empty() ? "" : ", ") + std::string(parameter->name);
    names.push_back(parameter->name);
  }
  std::string cure = known.empty() ? "this address takes no parameters" : "known parameters: " + known;
  const std::string meant = did_you_mean(nearest(name, names));
  if (!meant.empty()) cure = meant + ' ' + cure;
  refuse_parameter(name, fmt::format("parameter \"{}\" not known here", name), std::move(cure));
}

// Bytes of an address that are not UTF-8 were replaced when it was read (message.h); a value with such a replacement says
// something else than what was sent.
void require_utf8(std::string_view name, std::string_view value) {
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  if (value.find(replacement) == std::string_view::npos) return;
  refuse_parameter(name, fmt::format("{} is not valid UTF-8", name), "percent-encode its UTF-8 bytes");
}

// A value as it is in an address.
std::string text_of(std::string_view name, const json::Value& value) {
  if (const std::string* text = value.as_string()) return *text;
  if (const json::Number* number = value.as_number()) return number->text;
  if (const bool* flag = value.as_bool()) return std::string(yes_no_values[*flag ? 0 : 1]);
  refuse_parameter(name, fmt::format("{} must be a text, a number, true or false", name));
}

std::vector<std::pair<std::string, std::string>> members_of(std::string_view body) {
  const json::Value value = in_context([] { return ErrorContext{.message = "the body is not JSON"}; },
                                       [&] { return json::parse_without_repeated_keys(body); });
  const json::Object* const object = value.as_object();
  if (object == nullptr)
    throw Error(ErrorCode::bad_input, "the body must be a JSON object with the parameters as its members");
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& [name, member] : *object) {
    if (!member.is_null()) out.emplace_back(name, text_of(name, member));
  }
  return out;
}

std::string pattern_of(const Operation& operation) {
  std::string out;
  for (std::string_view rest = operation.path; !rest.empty();) {
    const std::size_t open = std::min(rest.find('{'), rest.size());
    out += rest.substr(0, open);
    rest.remove_prefix(open);
    if (rest.empty()) break;
    out += "{text}";
    rest.remove_prefix(rest.find('}') + 1);
  }
  return out;
}

}  // namespace

const std::any& Call::value_of(const Parameter& parameter) const {
  const auto it = std::ranges::find(declared_, &parameter);
  if (it == declared_.end()) {
    throw Error(ErrorCode::internal, fmt::format("{} is not declared for this route", parameter.name));
  }
  return values_[static_cast<std::size_t>(it - declared_.begin())];
}

class RouteHandler {
 public:
  explicit RouteHandler(const Route& route) : route_(route) {}

  Response operator()(const Request& request, const PathParts& parts) const {
    const auto declared = route_.operation->parameters;
    Call call(request, declared);
    if (route_.operation->parameters_in_body) {
      // The address has none then, and the token is the guard's.
      for (const auto& [name, value] : request.query) {
        if (name != token_parameter) refuse_unknown(name, {});
      }
      call.given_ = members_of(request.body);
    } else {
      call.given_ = request.query;
      for (const auto& [name, value] : call.given_) require_utf8(name, value);
    }
    for (const auto& [name, value] : call.given_) {
      const std::string& given = name;  // clang 14 captures no structured binding
      const auto it = std::ranges::find_if(declared, [&](const Parameter* parameter) {
        return parameter->place == Parameter::Place::query && parameter->name == given;
      });
      if (it == declared.end()) {
        if (name == token_parameter) continue;
        refuse_unknown(name, declared);
      }
      std::any& read = call.values_[static_cast<std::size_t>(it - declared.begin())];
      if (read.has_value()) refuse_parameter(name, fmt::format("{} is given twice", name));
      read = value_from(**it, value);
    }
    std::size_t path_parts = 0;
    for (std::size_t i = 0; i < declared.size(); ++i) {
      const Parameter& parameter = *declared[i];
      std::any& value = call.values_[i];
      if (parameter.place == Parameter::Place::path) {
        const std::string& text = parts.texts.at(path_parts++);
        require_utf8(parameter.name, text);
        value = value_from(parameter, text);
      } else if (parameter.place == Parameter::Place::header) {
        const std::string text = request.header(std::string(parameter.name).c_str());
        if (!text.empty()) value = value_from(parameter, text);
      }
      if (value.has_value()) continue;
      if (parameter.default_value) {
        value = value_from(parameter, *parameter.default_value);
      } else if (parameter.required) {
        refuse_parameter(parameter.name, fmt::format("{} is missing: {}", parameter.name, parameter.meaning));
      }
    }
    return route_.handler(call);
  }

 private:
  static std::any value_from(const Parameter& parameter, std::string_view text) {
    return in_context([&] { return ErrorContext{.parameter = std::string(parameter.name)}; },
                      [&] { return parameter.read(parameter, text); });
  }

  Route route_;
};

void add_route(Router& router, const Route& route) {
  const Operation& operation = *route.operation;
  router.add(operation.method, pattern_of(operation), RouteHandler(route),
             {.cached = operation.cached,
              .only_reads = operation.parameters_in_body,
              .name = std::string(operation.path)});
}

bool names_tag(std::string_view if_none_match, std::string_view tag) {
  const auto opaque = [](std::string_view one) { return one.starts_with("W/") ? one.substr(2) : one; };
  while (!if_none_match.empty()) {
    // An entity tag holds no quotes; commas may be in it.
    const std::size_t begin = if_none_match.find('"');
    if (begin == std::string_view::npos) return if_none_match.find('*') != std::string_view::npos;
    const std::size_t end = if_none_match.find('"', begin + 1);
    if (end == std::string_view::npos) return false;
    if (if_none_match.substr(begin, end + 1 - begin) == opaque(tag)) return true;
    if_none_match.remove_prefix(end + 1);
  }
  return false;
}

void make_conditional(const Request& request, Response& response) {
  if ((request.method != "GET" && request.method != "HEAD") || response.status != 200) return;
  if (response.content_type == events_type) return;  // each is another
  const auto known = std::ranges::find_if(response.headers, [](const auto& h) { return h.first == "ETag"; });
  std::string tag;
  if (known != response.headers.end()) {
    tag = known->second;
  } else {
    tag = fmt::format("\"{:016x}\"", response.body.hash());
    response.headers.emplace_back("ETag", tag);
    // A cache may keep the answer, and asks whether it is still the same.
    response.headers.emplace_back("Cache-Control", "no-cache");
  }
  if (!names_tag(request.header("If-None-Match"), tag)) return;
  response.status = 304;
  response.body = {};
  response.rest = nullptr;
}

}  // namespace kalima::http
