#include "support/utf8.h"

namespace kalima::utf8 {
namespace {

unsigned char byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

}  // namespace

char32_t decode(std::string_view text, std::size_t& at, bool* ok) {
  const unsigned char lead = byte_at(text, at++);
  if (lead < 0x80) return lead;
  int more = 0;
  char32_t value = 0;
  // The range of the second byte excludes overlong forms, surrogates and code points above U+10FFFF.
  unsigned char low = 0x80, high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    more = 1;
    value = lead & 0x1Fu;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    more = 2;
    value = lead & 0x0Fu;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    more = 3;
    value = lead & 0x07u;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    if (ok != nullptr) *ok = false;
    return replacement;
  }
  for (; more > 0; --more) {
    if (at >= text.size() || byte_at(text, at) < low || byte_at(text, at) > high) {
      if (ok != nullptr) *ok = false;
      return replacement;
    }
    value = (value << 6) | (byte_at(text, at++) & 0x3Fu);
    low = 0x80;
    high = 0xBF;
  }
  return value;
}

void append(std::string& out, char32_t c) {
  const auto put = [&out](char32_t bits) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(bits)));
  };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

std::size_t first_invalid(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    bool ok = true;
    decode(text, at, &ok);
    if (!ok) return start;
  }
  return std::string_view::npos;
}

bool valid(std::string_view text) { return first_invalid(text) == std::string_view::npos; }

std::string repaired(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) append(out, decode(text, at));
  return out;
}

std::u32string to_code_points(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) out.push_back(decode(text, at));
  return out;
}

std::string_view prefix(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  while (at < text.size() && count-- > 0) decode(text, at);
  return text.substr(0, at);
}

bool from_utf16(std::string_view bytes, std::string& out) {
  if (bytes.size() < 2) return false;
  const bool big = byte_at(bytes, 0) == 0xFE && byte_at(bytes, 1) == 0xFF;
  const bool little = byte_at(bytes, 0) == 0xFF && byte_at(bytes, 1) == 0xFE;
  if (!big && !little) return false;
  const auto unit = [&](std::size_t at) {
    const char32_t a = byte_at(bytes, at), b = byte_at(bytes, at + 1);
    return big ? (a << 8) | b : (b << 8) | a;
  };
  out.reserve(out.size() + bytes.size());
  for (std::size_t at = 2; at < bytes.size();) {
    if (at + 1 >= bytes.size()) return false;
    char32_t c = unit(at);
    at += 2;
    if (c >= 0xD800 && c <= 0xDFFF) {
      if (c >= 0xDC00 || at + 1 >= bytes.size()) return false;
      const char32_t low = unit(at);
      if (low < 0xDC00 || low > 0xDFFF) return false;
      at += 2;
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    }
    append(out, c);
  }
  return true;
}

std::string to_utf16_with_mark(std::string_view text) {
  std::string out = "\xFF\xFE";
  out.reserve(2 * text.size() + 2);
  const auto put = [&out](char32_t unit) {
    out.push_back(static_cast<char>(unit & 0xFF));
    out.push_back(static_cast<char>((unit >> 8) & 0xFF));
  };
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = decode(text, at);
    if (c < 0x10000) {
      put(c);
    } else {
      put(0xD800 + ((c - 0x10000) >> 10));
      put(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
  }
  return out;
}

}  // namespace kalima::utf8
