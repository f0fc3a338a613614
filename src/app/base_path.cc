#include "app/base_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "support/error.h"

namespace kalima::app {
namespace {

constexpr std::size_t max_base_path = 200;
constexpr std::string_view api_prefix = "/api/v1/";  // of addresses in cures

// With which Kalima's own addresses begin. After a proxy that takes the base path away, nobody could tell them from it.
constexpr std::array<std::string_view, 13> own_first_parts{"api",    "ui",    "static", "healthz", "metrics",
                                                           "search", "notes", "help",   "import",  "lists",
                                                           "tree",   "root",  "lemma"};

std::string_view between_slashes(std::string_view text) {
  if (text.starts_with('/')) text.remove_prefix(1);
  if (text.ends_with('/')) text.remove_suffix(1);
  return text;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool may_be_in_part(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
         c == '.' || c == '~';
}

}  // namespace

std::string problem_of_base_path(std::string_view text) {
  std::string_view rest = between_slashes(text);
  if (rest.empty()) return {};
  if (rest.size() > max_base_path) return fmt::format("must not have more than {} letters", max_base_path);
  const std::string_view first = rest.substr(0, rest.find('/'));
  if (std::ranges::find(own_first_parts, first) != own_first_parts.end() ||
      std::ranges::all_of(first, is_digit)) {
    return fmt::format("must not begin with /{}, an address of Kalima's own; choose another name", first);
  }
  for (;;) {
    const std::string_view part = rest.substr(0, rest.find('/'));
    if (part.empty() || part == "." || part == ".." || !std::ranges::all_of(part, may_be_in_part)) {
      return "must be a path such as /quran, of letters a to z, digits, - . _ and ~; not a whole address";
    }
    if (part.size() == rest.size()) return {};
    rest.remove_prefix(part.size() + 1);
  }
}

BasePath::BasePath(std::string_view text) {
  if (const std::string problem = problem_of_base_path(text); !problem.empty())
    throw Error(ErrorCode::bad_input, fmt::format("the base path {}", problem));
  if (const std::string_view path = between_slashes(text); !path.empty()) text_ = fmt::format("/{}", path);
}

std::optional<http::Request> BasePath::without(const http::Request& request) const {
  if (text_.empty() || !request.path.starts_with(text_)) return std::nullopt;
  const std::string_view rest = std::string_view(request.path).substr(text_.size());
  if (!rest.empty() && !rest.starts_with('/')) return std::nullopt;
  http::Request inner = request;
  inner.path = rest.empty() ? "/" : rest;
  return inner;
}

void BasePath::complete(http::Response& response) const {
  if (text_.empty()) return;
  for (auto& [name, value] : response.headers) {
    if (name == "Location" && value.starts_with('/')) value.insert(0, text_);
  }
  if (!response.problem) return;
  std::string& cure = response.problem->cure;
  for (std::size_t at = cure.find(api_prefix); at != std::string::npos;
       at = cure.find(api_prefix, at + text_.size() + api_prefix.size()))
    cure.insert(at, text_);
}

}  // namespace kalima::app
