#include "importers/verse_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/utf8.h"
#include "text/code_points.h"
#include "text/letters.h"

namespace kalima::importers {
namespace {

using text::Kind;

// Punctuation that editions of the text use: brackets of numbers, pauses of modern spelling.
constexpr std::u32string_view punctuation =
    U"()[]\uFD3E\uFD3F.,:!*-\u060C\u061B\u061F\u06D4\u00AB\u00BB\u2026\u066D";
constexpr std::u32string_view brackets = U"[]";

// The digit's value; nullopt for those of scripts that no Arabic text is numbered with.
std::optional<int> digit_of(char32_t c) {
  for (const char32_t zero : {U'0', U'\u0660', U'\u06F0'}) {
    if (c >= zero && c < zero + 10) return static_cast<int>(c - zero);
  }
  return std::nullopt;
}

std::string shown(char32_t c) {
  if (c < 0x20 || c == 0x7F)
    return fmt::format("the control character U+{:04X}", static_cast<std::uint32_t>(c));
  std::string out;
  utf8::append(out, c);
  return fmt::format("\"{}\"", out);
}

bool is_script(char32_t c) {
  return text::is_arabic_letter(c) || text::code_point(c).small || text::is_presentation_form(c);
}

// A number in the text, from `at` on; `at` then is after it. nullopt if it is too long.
std::optional<int> take_number(std::u32string_view text, std::size_t& at) {
  std::optional<int> value = 0;
  for (; at < text.size() && text::code_point(text[at]).kind == Kind::number; ++at) {
    const auto digit = digit_of(text[at]);
    value = value && digit && *value < 10'000 ? std::optional(*value * 10 + *digit) : std::nullopt;
  }
  return value;
}

}  // namespace

std::optional<std::string> not_arabic_text(std::string_view utf8_text, int ayah) {
  const std::u32string text = utf8::to_code_points(utf8_text);
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = text[at];
    const Kind kind = text::code_point(c).kind;
    if (kind == Kind::number) {
      const std::size_t from = at;
      const auto number = take_number(text, at);
      if (number == ayah) continue;
      std::string digits;
      for (std::size_t i = from; i < std::min(at, from + 20); ++i) utf8::append(digits, text[i]);
      return fmt::format("has the number {} in it, which is not its own", digits);
    }
    ++at;
    const bool bracket = brackets.find(c) != std::u32string_view::npos;
    const bool beside_number = (at < text.size() && text::code_point(text[at]).kind == Kind::number) ||
                               (at > 1 && text::code_point(text[at - 2]).kind == Kind::number);
    const bool fits = (kind == Kind::letter && is_script(c)) || kind == Kind::vowel || kind == Kind::sign ||
                      kind == Kind::pause || kind == Kind::ornament || kind == Kind::space ||
                      (kind == Kind::ignorable && c >= 0x80) ||
                      (kind == Kind::punctuation && punctuation.find(c) != std::u32string_view::npos &&
                       (!bracket || beside_number));
    if (!fits) return fmt::format("has {} in it", shown(c));
  }
  return std::nullopt;
}

std::optional<std::string> not_plain_text(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto at_or_zero = [&](std::size_t at) { return at < text.size() ? text[at] : '\0'; };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at], next = at_or_zero(at + 1);
    if (c == '|') return "has \"|\" in it";
    if (c == '<' && (letter(next) || next == '/' || next == '!')) return "has markup, \"<\", in it";
    if (c == '[' && letter(next) && (at_or_zero(at + 2) == ':' || at_or_zero(at + 2) == '['))
      return "has markup, \"[\", in it";
    if (c == '&') {
      std::size_t end = at + 1;
      if (at_or_zero(end) == '#') ++end;
      const std::size_t name = end;
      while (letter(at_or_zero(end)) || (at_or_zero(end) >= '0' && at_or_zero(end) <= '9')) ++end;
      if (end > name && at_or_zero(end) == ';') return "has an escaped character, \"&\", in it";
    }
    if (static_cast<unsigned char>(c) < 0x20 && c != '\t') return "has a control character in it";
  }
  return std::nullopt;
}

}  // namespace kalima::importers
