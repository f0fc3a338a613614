// Output for a person at a terminal.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

#include "support/progress.h"

namespace kalima::cli {

// Write to standard output and standard error. They do not report a failed write: finish_output() reports it
// for standard output, and for standard error there is nobody to tell. They wait for a reader that does not
// read, until there is a request to stop.
void write_output(std::string_view text);
void write_message(std::string_view text);

template <typename... Args>
void say(fmt::format_string<Args...> format, Args&&... args) {
  write_output(fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
void warn(fmt::format_string<Args...> format, Args&&... args) {
  write_message(fmt::format(format, std::forward<Args>(args)...));
}

// Whoever read standard output has ended, as `head` does: there is nothing to say, and nothing more to do.
struct ReaderGone {};

// Throws ReaderGone, or Error(io), if any output of write_output() could not be written.
void finish_output();

// Writes one line on standard error that changes as the work goes on; nothing if that is not a terminal.
class ProgressLine {
 public:
  ProgressLine();
  // Removes the line.
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Throws Stopped if there is a request to stop (support/stop.h).
  Progress callback();

 private:
  void show(std::string_view step, std::size_t done, std::size_t whole);
  bool terminal_;
  bool shown_ = false;
};

// 77429 -> "77,429".
std::string with_commas(std::size_t number);
// "1 hit", "2,699 hits"; `one` has a plural in -s.
std::string counted(std::size_t number, std::string_view one);

}  // namespace kalima::cli
