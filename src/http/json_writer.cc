#include "http/json_writer.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "support/utf8.h"

namespace kalima::http {

JsonWriter& JsonWriter::value(std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  separate();
  out_.push_back('"');
  std::size_t from = 0;  // what comes from here on is not written yet
  const auto instead = [&](std::size_t at, std::size_t next, std::string_view written) {
    out_.append(text, from, at - from).append(written);
    from = next;
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x80) {
      // Arabic has two bytes a letter.
      if (c >= 0xC2 && c < 0xE0 && i + 1 < text.size() &&
          (static_cast<unsigned char>(text[i + 1]) & 0xC0) == 0x80) {
        i += 2;
        continue;
      }
      const std::size_t at = i;
      bool ok = true;
      utf8::decode(text, i, &ok);
      if (!ok) instead(at, i, "\xEF\xBF\xBD");
      continue;
    }
    if (c == '"') {
      instead(i, i + 1, "\\\"");
    } else if (c == '\\') {
      instead(i, i + 1, "\\\\");
    } else if (c < 0x20) {
      const char escape[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
      instead(i, i + 1, c == '\n' ? std::string_view("\\n") : std::string_view(escape, sizeof escape));
    }
    ++i;
  }
  out_.append(text, from, text.size() - from);
  out_.push_back('"');
  return *this;
}

JsonWriter& JsonWriter::value(double number, int decimals) {
  if (!std::isfinite(number)) return null();
  separate();
  fmt::format_to(std::back_inserter(out_), "{:.{}f}", number, decimals);
  return *this;
}

JsonWriter& JsonWriter::integer(bool negative, std::uint64_t magnitude) {
  separate();
  if (negative) out_.push_back('-');
  const fmt::format_int digits(magnitude);
  out_.append(digits.data(), digits.size());
  return *this;
}

}  // namespace kalima::http
