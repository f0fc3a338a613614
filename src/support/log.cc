// The only file that includes the log library.
#include "support/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include "support/utf8.h"

namespace kalima::log {
namespace {

spdlog::level::level_enum to_spdlog(Level level) {
  switch (level) {
    case Level::error:
      return spdlog::level::err;
    case Level::warning:
      return spdlog::level::warn;
    case Level::info:
      return spdlog::level::info;
    case Level::debug:
      return spdlog::level::debug;
  }
  return spdlog::level::err;
}

spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> instance = [] {
    auto made = spdlog::stderr_color_mt("kalima");
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%e %^%l%$ %v");
    made->set_level(spdlog::level::warn);
    return made;
  }();
  return *instance;
}

// What a reader of the log cannot see but what changes what is seen: controls, ends of lines, signs that turn the
// direction of the text round.
bool is_hidden(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

std::string visible(std::string_view message) {
  std::string out;
  out.reserve(message.size());
  for (std::size_t at = 0; at < message.size();) {
    const char32_t c = utf8::decode(message, at);
    if (is_hidden(c)) {
      out += '?';
    } else {
      utf8::append(out, c);
    }
  }
  return out;
}

}  // namespace

bool set_level(std::string_view name) {
  for (const auto& [known, level] : {std::pair("error", Level::error), std::pair("warning", Level::warning),
                                     std::pair("info", Level::info), std::pair("debug", Level::debug)}) {
    if (name != known) continue;
    logger().set_level(to_spdlog(level));
    return true;
  }
  return false;
}

bool enabled(Level level) { return logger().should_log(to_spdlog(level)); }

void write(Level level, std::string_view message) {
  // A message may contain what a client sent: it must stay on its line and must not control the terminal.
  logger().log(to_spdlog(level), "{}", visible(message));
}

}  // namespace kalima::log
