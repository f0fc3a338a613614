#include "api/legacy/pattern_request.h"

#include <fmt/format.h>

#include "api/legacy/values.h"
#include "support/error.h"
#include "support/json.h"
#include "support/utf8.h"

namespace kalima::api::legacy {
namespace {

constexpr std::size_t max_letters = 200;
constexpr std::size_t max_letter_bytes = 200;

[[noreturn]] void bad(const std::string& what) { throw Error(ErrorCode::bad_input, what); }

// Like Python's re.escape.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("()[]{}?*+-|^$\\.&~# \t\n\r\v\f").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string text_member(const json::Value& segment, std::string_view name) {
  const json::Value* value = segment.find(name);
  if (value == nullptr || value->is_null()) return {};
  if (value->as_string() == nullptr) bad(fmt::format("segments: \"{}\" must be a string", name));
  if (value->as_string()->size() > max_letter_bytes) bad(fmt::format("segments: \"{}\" is too long", name));
  return *value->as_string();
}

std::vector<std::string> signs_of(const json::Value& segment) {
  const json::Value* value = segment.find("diacritics");
  if (value == nullptr || value->is_null()) return {};
  if (value->as_array() == nullptr) bad("segments: \"diacritics\" must be a list of strings");
  if (value->as_array()->size() > max_letters) bad("segments: too many diacritics");
  std::vector<std::string> signs;
  for (const json::Value& sign : *value->as_array()) {
    if (sign.is_null()) continue;
    if (sign.as_string() == nullptr || sign.as_string()->size() > max_letter_bytes) {
      bad("segments: \"diacritics\" must be a list of strings");
    }
    signs.push_back(*sign.as_string());
  }
  return signs;
}

}  // namespace

PatternRequest parse_pattern_request(std::string_view body) {
  const json::Value request = parse_body(body, {}, "the body is not valid JSON");
  if (request.as_object() == nullptr) bad("the body must be a JSON object with \"segments\"");
  const json::Value* segments = request.find("segments");
  if (segments == nullptr || segments->as_array() == nullptr || segments->as_array()->empty()) {
    bad("\"segments\" must be a list of at least one {\"letter\", \"diacritics\", \"any_letter\", "
        "\"any_diacritics\"}");
  }
  if (segments->as_array()->size() > max_letters) {
    throw Error(ErrorCode::bad_input, fmt::format("\"segments\" has more than {} entries", max_letters));
  }
  const bool allow_prefix = truthy(request.find("allow_prefix"));
  const bool allow_suffix = truthy(request.find("allow_suffix"));
  std::vector<WordPattern::Letter> letters;
  std::string regex = allow_prefix ? "" : R"((?<!\S))";
  for (const json::Value& segment : *segments->as_array()) {
    if (segment.as_object() == nullptr) bad("each of \"segments\" must be an object");
    WordPattern::Letter& letter = letters.emplace_back();
    const std::string text = text_member(segment, "letter");
    if (truthy(segment.find("any_letter")) || text.empty()) {
      regex += R"([\u0621-\u064A\u0671-\u0673\u0675])";
    } else {
      letter.letter = utf8::to_code_points(text);
      regex += escaped(text);
    }
    const std::vector<std::string> signs = signs_of(segment);
    if (!truthy(segment.find("any_diacritics"))) {
      for (const std::string& sign : signs) {
        letter.signs += utf8::to_code_points(sign);
        regex += escaped(sign);
      }
    }
    regex += R"([\u064B-\u0652\u0670\u0653-\u0655]*\u0640*)";
  }
  if (!allow_suffix) regex += R"((?!\S))";
  const std::size_t limit = count_member(request, "limit", 50);
  return {WordPattern(std::move(letters), allow_prefix, allow_suffix), std::move(regex),
          json::sorted(request), limit};
}

}  // namespace kalima::api::legacy
