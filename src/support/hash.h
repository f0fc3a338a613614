#pragma once

#include <cstdint>
#include <string_view>

namespace kalima {

// FNV-1a, 64 bits: the same on every machine. Not for secrets.
constexpr std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t value = 14695981039346656037ull;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return value;
}

}  // namespace kalima
