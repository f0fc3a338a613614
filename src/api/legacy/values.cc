#include "api/legacy/values.h"

#include <fmt/format.h>

#include <limits>

#include "support/error.h"
#include "support/utf8.h"
#include "text/unicode.h"

namespace kalima::api::legacy {
namespace {

std::optional<int> digit(char32_t c) {
  for (const char32_t zero : {U'0', U'\u0660', U'\u06F0'}) {
    if (c >= zero && c <= zero + 9) return static_cast<int>(c - zero);
  }
  return std::nullopt;
}

std::size_t checked_count(std::optional<std::int64_t> value, std::string_view name, std::string_view given) {
  if (!value) {
    throw Error(ErrorCode::bad_input,
                fmt::format("{} must be a whole number, not \"{}\"", name, utf8::prefix(given, 40)));
  }
  if (*value < 0) throw Error(ErrorCode::bad_input, fmt::format("{} must not be negative", name));
  return static_cast<std::size_t>(*value);
}

}  // namespace

std::optional<std::int64_t> python_int(std::string_view text) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  text = text::stripped(text);
  bool negative = false;
  if (text.starts_with('-') || text.starts_with('+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  std::int64_t value = 0;
  bool after_digit = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::decode(text, at);
    if (c == '_' && after_digit && at < text.size()) {
      after_digit = false;
      continue;
    }
    const auto d = digit(c);
    if (!d) return std::nullopt;
    after_digit = true;
    value = value > (most - *d) / 10 ? most : value * 10 + *d;
  }
  if (!after_digit) return std::nullopt;
  return negative ? -value : value;
}

std::size_t count_parameter(const http::Request& request, std::string_view name, std::size_t otherwise) {
  const auto text = request.parameter(name);
  return text ? checked_count(python_int(*text), name, *text) : otherwise;
}

std::size_t count_member(const json::Value& body, std::string_view name, std::size_t otherwise) {
  const json::Value* value = body.find(name);
  if (value == nullptr) return otherwise;
  if (const std::string* text = value->as_string()) return checked_count(python_int(*text), name, *text);
  return checked_count(value->as_integer(), name, json::ordered(*value));
}

json::Value parse_body(std::string_view body, const json::Limits& limits, std::string_view complaint) {
  return in_context([&] { return ErrorContext{.message = std::string(complaint)}; },
                    [&] { return json::parse(body, limits); });
}

std::optional<Reference> parse_reference(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos)
    return std::nullopt;
  const auto surah = python_int(text.substr(0, colon)), ayah = python_int(text.substr(colon + 1));
  if (!surah || !ayah) return std::nullopt;
  return Reference{*surah, *ayah};
}

bool truthy(const json::Value* value) {
  if (value == nullptr || value->is_null()) return false;
  if (const bool* b = value->as_bool()) return *b;
  if (const json::Number* n = value->as_number())
    return n->text.find_first_of("123456789") != std::string::npos;
  if (const std::string* s = value->as_string()) return !s->empty();
  if (const json::Array* a = value->as_array()) return !a->empty();
  return !value->as_object()->empty();
}

}  // namespace kalima::api::legacy
