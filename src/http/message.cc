#include "http/message.h"

#include <algorithm>

#include "support/utf8.h"

namespace kalima::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<std::string> Request::parameter(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::string percent_decoded(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  bool ascii = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '+' && plus_is_blank) {
      c = ' ';
    } else if (c == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
               hex_digit(text[i + 2]) >= 0) {
      c = static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    }
    ascii = ascii && static_cast<unsigned char>(c) < 0x80;
    out.push_back(c);
  }
  return ascii || utf8::valid(out) ? out : utf8::repaired(out);
}

void parse_target(std::string_view target, Request& request) {
  const std::size_t mark = target.find('?');
  request.path = percent_decoded(target.substr(0, mark), false);
  request.query.clear();
  if (mark == std::string_view::npos) return;
  std::string_view rest = target.substr(mark + 1);
  rest = rest.substr(0, rest.find('#'));
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    if (part.empty()) continue;
    const std::size_t equals = part.find('=');
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view{} : part.substr(equals + 1);
    request.query.emplace_back(percent_decoded(part.substr(0, equals), true), percent_decoded(value, true));
  }
}

std::optional<AbsoluteTarget> absolute_target(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (target.size() < scheme.size()) continue;
    const bool same = std::equal(scheme.begin(), scheme.end(), target.begin(), [](char a, char b) {
      return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
    });
    if (!same) continue;
    target.remove_prefix(scheme.size());
    const std::size_t end = std::min(target.find_first_of("/?"), target.size());
    const std::string_view rest = target.substr(end);
    return AbsoluteTarget{std::string(target.substr(0, end)),
                          std::string(rest.starts_with('/') ? "" : "/").append(rest)};
  }
  return std::nullopt;
}

Response json_response(Body body, int status) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  response.body.append('\n');
  return response;
}

Response error_response(const Error& error) { return error_response(problem_of(error)); }

Response error_response(Problem problem) {
  Response response;
  response.status = problem.status;
  response.body = Body(old_error_body(problem));
  response.problem = std::move(problem);
  return response;
}

void make_problem_document(Response& response) {
  if (!response.problem) return;
  response.content_type = problem_type;
  response.body = Body(problem_document(*response.problem));
}

}  // namespace kalima::http
