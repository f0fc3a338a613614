// Whole numbers from text: the one place that decides what a number looks like. Threads: pure function.
// Nothing throws.
#pragma once

#include <charconv>
#include <concepts>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>

namespace kalima::numbers {

template <std::integral T>
struct Format {
  T min = std::numeric_limits<T>::min();
  T max = std::numeric_limits<T>::max();
  int base = 10;              // digits above 9 are letters of either case
  bool sign = false;          // may begin with "-"; "+" is never read
  bool leading_zeros = true;  // "007"
};

// The number written by the whole of `text`, in ASCII digits without spaces, from `min` to `max`; nullopt for
// any other text, the empty text and numbers that T cannot hold.
template <std::integral T>
std::optional<T> parse(std::string_view text, const Format<T>& format = {}) {
  if (text.starts_with('-') && !format.sign) return std::nullopt;
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  if (!format.leading_zeros && digits.size() > 1 && digits.front() == '0') return std::nullopt;
  T value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value, format.base);
  if (error != std::errc{} || stop != end || value < format.min || value > format.max) return std::nullopt;
  return value;
}

}  // namespace kalima::numbers
