#include "cli/terminal.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>

#ifdef _WIN32
#include <io.h>
#else
#include <poll.h>
#include <unistd.h>

#include <climits>
#endif

#include "support/error.h"
#include "support/stop.h"

namespace kalima::cli {
namespace {

// The first error on standard output.
int output_error = 0;

#ifdef _WIN32
int write_some(std::string_view text) {
  return _write(_fileno(stdout), text.data(),
                static_cast<unsigned>(std::min(text.size(), std::size_t{1} << 20)));
}
#else
// Waits for the reader of a pipe here and not in write(): a signal that comes just before that would not end it. A pipe that
// can be written takes PIPE_BUF bytes without waiting.
ssize_t write_some(std::string_view text) {
  constexpr int between_looks_ms = 100;
  pollfd output{STDOUT_FILENO, POLLOUT, 0};
  if (const int ready = ::poll(&output, 1, between_looks_ms); ready <= 0) return ready;
  return ::write(STDOUT_FILENO, text.data(), std::min<std::size_t>(text.size(), PIPE_BUF));
}
#endif

}  // namespace

void write_output(std::string_view text) {
  while (!text.empty() && output_error == 0) {
    const auto count = write_some(text);
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
    if (count < 0 && errno != EINTR) output_error = errno;
    // Not everything was written: there was a request to stop while the reader of a pipe did not read.
    if (!text.empty() && output_error == 0 && stop::requested() != 0) output_error = EINTR;
  }
}

void write_message(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

void finish_output() {
  if (output_error == 0) return;
  if (output_error == EPIPE) throw ReaderGone();
  throw Error(ErrorCode::io,
              fmt::format("cannot write to standard output: {}",
                          std::error_code(output_error, std::generic_category()).message()),
              "make room, or send the output elsewhere");
}

ProgressLine::ProgressLine() {
#ifdef _WIN32
  terminal_ = _isatty(_fileno(stderr)) != 0;
#else
  terminal_ = isatty(STDERR_FILENO) != 0;
#endif
}

ProgressLine::~ProgressLine() {
  if (shown_) write_message("\r\x1b[K");
}

Progress ProgressLine::callback() {
  return [this](std::string_view step, std::size_t done, std::size_t whole) { show(step, done, whole); };
}

void ProgressLine::show(std::string_view step, std::size_t done, std::size_t whole) {
  stop::check();
  if (!terminal_ || whole == 0) return;
  warn("\r\x1b[K{} {} %", step, done * 100 / whole);
  shown_ = true;
}

std::string with_commas(std::size_t number) {
  std::string digits = fmt::format("{}", number);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

std::string counted(std::size_t number, std::string_view one) {
  return fmt::format("{} {}{}", with_commas(number), one, number == 1 ? "" : "s");
}

}  // namespace kalima::cli
