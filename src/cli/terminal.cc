#include "cli/terminal.h"

#include <fmt/format.h>

#include <cstdio>

#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

namespace kalima::cli {

ProgressLine::ProgressLine() {
#ifdef _WIN32
  terminal_ = _isatty(_fileno(stderr)) != 0;
#else
  terminal_ = isatty(STDERR_FILENO) != 0;
#endif
}

ProgressLine::~ProgressLine() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
}

Progress ProgressLine::callback() {
  return [this](std::string_view step, std::size_t done, std::size_t whole) { show(step, done, whole); };
}

void ProgressLine::show(std::string_view step, std::size_t done, std::size_t whole) {
  if (!terminal_ || whole == 0) return;
  fmt::print(stderr, "\r\x1b[K{} {} %", step, done * 100 / whole);
  std::fflush(stderr);
  shown_ = true;
}

std::string with_commas(std::size_t number) {
  std::string digits = fmt::format("{}", number);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

}  // namespace kalima::cli
