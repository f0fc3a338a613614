#include "conllu/escape.h"

#include <fmt/format.h>

#include "support/error.h"
#include "support/numbers.h"
#include "support/utf8.h"
#include "text/unicode.h"

namespace kalima::conllu {
namespace {

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

std::string numbered(char32_t c) {
  const auto value = static_cast<unsigned>(c);
  return c <= 0xFFFF ? fmt::format("\\u{:04X}", value) : fmt::format("\\U{:06X}", value);
}

// The escape of a code point that is escaped everywhere; empty if it is not.
std::string fixed_escape(char32_t c) {
  switch (c) {
    case '\\':
      return "\\\\";
    case '|':
      return "\\p";
    case '\t':
      return "\\t";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    default:
      return c != ' ' && (is_control(c) || text::is_space(c)) ? numbered(c) : "";
  }
}

// The character before a value; U+0338 would combine with it.
constexpr std::string_view before_value = "=";

// Escapes each code point that would make the text change under NFC together with the text before it. NFC
// never joins an ASCII character to the text before it, but may join it to marks after it; this includes the
// character that ends an escape.
std::string kept_from_nfc(std::string_view value) {
  constexpr std::size_t longest_run = 256;  // bytes
  std::string out, run(before_value);
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t start = at;
    const char32_t c = utf8::decode(value, at);
    const std::string_view bytes = value.substr(start, at - start);
    if (c < 0x80) {
      run = bytes;
      out += bytes;
      continue;
    }
    run += bytes;
    if (run.size() <= longest_run && text::is_nfc(run)) {
      out += bytes;
    } else {
      out += numbered(c);
      run = out.back();
    }
  }
  return out;
}

char32_t hexadecimal(std::string_view value, std::size_t at, std::size_t digits) {
  if (at + digits > value.size()) throw Error(ErrorCode::bad_input, "an escape is cut off");
  const auto code = numbers::parse<std::uint32_t>(value.substr(at, digits), {.max = 0x10FFFF, .base = 16});
  if (!code || (*code >= 0xD800 && *code <= 0xDFFF)) {
    throw Error(ErrorCode::bad_input,
                fmt::format("\"\\{}\" is not a character", value.substr(at - 1, digits + 1)));
  }
  return *code;
}

}  // namespace

std::string escaped(std::string_view utf8) {
  if (utf8.empty()) return "\\e";
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t start = at;
    const char32_t c = utf8::decode(utf8, at);
    if (c == ' ') {
      const bool edge = start == 0 || at == utf8.size() || utf8[start - 1] == ' ';
      out += edge ? "\\s" : " ";
      continue;
    }
    const std::string escape = fixed_escape(c);
    out += escape.empty() ? utf8.substr(start, at - start) : std::string_view(escape);
  }
  return text::is_nfc(std::string(before_value) + out) ? out : kept_from_nfc(out);
}

std::string escaped_or_none(const std::optional<std::string>& utf8) { return utf8 ? escaped(*utf8) : "\\z"; }

std::optional<std::string> unescaped(std::string_view value) {
  if (value == "\\z") return std::nullopt;
  if (value == "\\e") return std::string();
  std::string out;
  out.reserve(value.size());
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (value[at] != '\\') {
      out += value[at];
      continue;
    }
    const char escape = ++at < value.size() ? value[at] : '\0';
    switch (escape) {
      case '\\':
        out += '\\';
        break;
      case 'p':
        out += '|';
        break;
      case 's':
        out += ' ';
        break;
      case 't':
        out += '\t';
        break;
      case 'n':
        out += '\n';
        break;
      case 'r':
        out += '\r';
        break;
      case 'u':
        utf8::append(out, hexadecimal(value, at + 1, 4));
        at += 4;
        break;
      case 'U':
        utf8::append(out, hexadecimal(value, at + 1, 6));
        at += 6;
        break;
      default:
        throw Error(ErrorCode::bad_input,
                    fmt::format("unknown escape in \"{}\": \"\\{}\"", value,
                                escape == '\0' ? std::string() : std::string(1, escape)));
    }
  }
  return out;
}

std::string as_form(std::string_view utf8) {
  std::string out;
  for (const std::string_view part : text::words(utf8)) {
    const std::string column = as_column(part);
    // "_" may be a part of a form.
    if (column.empty() && part != "_") return {};
    out += (out.empty() ? "" : " ") + (column.empty() ? std::string(part) : column);
  }
  return out == "_" ? std::string() : text::nfc(out);
}

std::string as_column(std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = utf8::decode(utf8, at);
    if (is_control(c) || text::is_space(c)) return {};
  }
  return utf8 == "_" ? std::string() : text::nfc(utf8);
}

}  // namespace kalima::conllu
