#include "http/framing.h"

#include <cstdint>

#include "support/numbers.h"

namespace kalima::http {
namespace {

bool same_word(std::string_view a, std::string_view lower) {
  if (a.size() != lower.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const char c = a[i] >= 'A' && a[i] <= 'Z' ? static_cast<char>(a[i] - 'A' + 'a') : a[i];
    if (c != lower[i]) return false;
  }
  return true;
}

std::string_view trimmed_value(std::string_view text) {
  constexpr std::string_view spaces = " \t";
  const std::size_t begin = text.find_first_not_of(spaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(spaces) + 1 - begin);
}

}  // namespace

Framing framing_of(std::string_view bytes) {
  Framing out;
  const std::size_t first = bytes.substr(0, max_request_line).find('\n');
  out.long_line = first == std::string_view::npos && bytes.size() >= max_request_line;
  if (first == std::string_view::npos) return out;
  const std::string_view request_line = bytes.substr(0, first + 1);
  if (!request_line.ends_with(" HTTP/1.1\r\n") && !request_line.ends_with(" HTTP/1.0\r\n")) {
    out.malformed = true;
    return out;
  }
  const std::size_t end = bytes.find("\n\r\n", first);
  if (end == std::string_view::npos) return out;
  out.head = end + 3;

  bool has_length = false;
  std::size_t count = 0;
  std::string_view rest = bytes.substr(first + 1, end - first);  // each line with its line feed
  while (!rest.empty()) {
    const std::size_t feed = rest.find('\n');
    std::string_view line = rest.substr(0, feed);
    rest.remove_prefix(feed + 1);
    if (line.empty() || line.back() != '\r') {
      out.malformed = true;
      return out;
    }
    line.remove_suffix(1);
    if (line.size() > max_header_size || ++count > max_header_count) out.large_headers = true;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;  // the library says what is wrong
    const std::string_view name = line.substr(0, colon), value = trimmed_value(line.substr(colon + 1));
    if (same_word(name, "content-length")) {
      const auto length = numbers::parse<std::uint64_t>(value);
      if (!length || *length > SIZE_MAX / 2 || (has_length && *length != out.body)) {
        out.malformed = true;
        out.body = 0;
        return out;
      }
      has_length = true;
      out.body = static_cast<std::size_t>(*length);
    } else if (same_word(name, "transfer-encoding")) {
      out.malformed = true;
    } else if (same_word(name, "content-type")) {
      out.multipart = same_word(trimmed_value(value.substr(0, value.find(';'))), "multipart/form-data");
    } else if (same_word(name, "expect")) {
      out.expects = same_word(value, "100-continue");
    }
  }
  out.multipart = out.multipart && out.body > 0;
  return out;
}

}  // namespace kalima::http
