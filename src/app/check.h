#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "support/progress.h"

namespace kalima::app {

struct CheckResult {
  std::vector<std::string> problems;    // empty if all is well
  std::int64_t writes_since_index = 0;  // normal: the index includes them once it is rebuilt
};

// Reads the whole database and compares the index with a new one. Throws Error if the database is missing.
CheckResult check(const std::filesystem::path& database, const Progress& progress);

}  // namespace kalima::app
