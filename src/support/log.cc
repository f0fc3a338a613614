// The only file that includes the log library.
#include "support/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

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
  std::string shown(message);
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  }
  logger().log(to_spdlog(level), "{}", shown);
}

}  // namespace kalima::log
