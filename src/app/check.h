#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "support/progress.h"

namespace kalima::app {

struct CheckResult {
  std::vector<std::string> problems;    // empty when all is well
  std::int64_t writes_since_index = 0;  // normal: the index takes them over when it is made anew
};

// Reads the whole database and compares the index with one made anew beside it. Throws Error when there is no database.
CheckResult check(const std::filesystem::path& database, const Progress& progress);

}  // namespace kalima::app
