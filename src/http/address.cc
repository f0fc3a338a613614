#include "http/address.h"

#include <fmt/format.h>

#include <iterator>

namespace kalima::http {
namespace {

void append_encoded(std::string& out, std::string_view text) {
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~,:").find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
}

}  // namespace

std::string address(std::string_view path,
                    const std::vector<std::pair<std::string, std::string>>& parameters) {
  std::string out(path);
  char sign = '?';
  for (const auto& [name, value] : parameters) {
    out += sign;
    append_encoded(out, name);
    out += '=';
    append_encoded(out, value);
    sign = '&';
  }
  return out;
}

}  // namespace kalima::http
