// The program's log: lines on standard error, each with its time (local, in milliseconds) and level. Threads:
// any; lines do not mix. Nothing throws: a line that cannot be written is lost. Messages are UTF-8; controls and signs
// of direction in them are shown as "?".
#pragma once

#include <fmt/format.h>

#include <string_view>

namespace kalima::log {

enum class Level { error, warning, info, debug };

// Sets what is shown: this level ("error", "warning", "info" or "debug"; default "warning") and those before
// it. False for any other name, which changes nothing.
bool set_level(std::string_view name);
bool enabled(Level level);
void write(Level level, std::string_view message);

template <typename... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::error)) write(Level::error, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
void warning(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::warning)) write(Level::warning, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::info)) write(Level::info, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace kalima::log
