#include "query/syntax/unseen.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "support/utf8.h"

namespace kalima::query {
namespace {

bool is_joiner(char32_t c) { return c == 0x200C || c == 0x200D; }
bool is_unseen(char32_t c) {
  return c == 0x061C || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || c == 0x00AD;
}
bool is_wide_space(char32_t c) {
  return c == 0x00A0 || c == 0x0085 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}
bool is_quote(char32_t c) { return (c >= 0x2018 && c <= 0x201F) || c == 0x00AB || c == 0x00BB; }

std::size_t size_at(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return end - at;
}

char32_t code_point_at(std::string_view text, std::size_t at) {
  const std::u32string one = utf8::to_code_points(text.substr(at, size_at(text, at)));
  return one.empty() ? U'\0' : one.front();
}

}  // namespace

std::size_t space_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (static_cast<unsigned char>(c) < 0x80)
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f' ? 1 : 0;
  // Letters of Arabic are the most frequent others.
  if (c == '\xD9' || c == '\xDA') return 0;
  const char32_t code_point = code_point_at(text, at);
  return is_wide_space(code_point) || is_unseen(code_point) ? size_at(text, at) : 0;
}

std::size_t typographic_quote_at(std::string_view text, std::size_t at) {
  if (text[at] != '\xE2' && text[at] != '\xC2') return 0;
  return is_quote(code_point_at(text, at)) ? size_at(text, at) : 0;
}

void erase_unseen(std::string& text) {
  if (std::ranges::none_of(text,
                           [](char c) { return c == '\xE2' || c == '\xD8' || c == '\xEF' || c == '\xC2'; }))
    return;
  std::u32string code_points = utf8::to_code_points(text);
  if (std::erase_if(code_points, [](char32_t c) { return is_unseen(c) && !is_joiner(c); }) == 0) return;
  text.clear();
  for (const char32_t c : code_points) utf8::append(text, c);
}

std::string with_visible_signs(std::string_view text) {
  std::string out;
  for (const char32_t c : utf8::to_code_points(text)) {
    const bool hidden = is_unseen(c) || is_wide_space(c);
    if (!hidden) utf8::append(out, c);
    if (hidden || is_quote(c)) {
      const auto code = static_cast<std::uint32_t>(c);
      fmt::format_to(std::back_inserter(out), "{}U+{:04X}{}", hidden ? "" : " (", code, hidden ? "" : ")");
    }
  }
  return out;
}

}  // namespace kalima::query
