// What is said to a person at a terminal.
#pragma once

#include <string>

#include "support/progress.h"

namespace kalima::cli {

// Writes one line on standard error that changes as the work goes on; nothing when that is no terminal.
class ProgressLine {
 public:
  ProgressLine();
  // Takes the line away again.
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  Progress callback();

 private:
  void show(std::string_view step, std::size_t done, std::size_t whole);
  bool terminal_;
  bool shown_ = false;
};

// 77429 -> "77,429".
std::string with_commas(std::size_t number);

}  // namespace kalima::cli
