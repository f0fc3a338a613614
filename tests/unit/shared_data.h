// Where the old server's full data are, for tests over all of them.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <initializer_list>
#include <optional>

#include "skip.h"
#include "support/files.h"

namespace kalima::testing {

// The folder that KALIMA_SHARED names, by default `shared` next to the repository, which ctest names.
inline std::filesystem::path shared_folder() {
  const char *shared = std::getenv("KALIMA_SHARED"), *source = std::getenv("KALIMA_SOURCE_FOLDER");
  if (shared != nullptr && *shared != '\0') return files::path_from_utf8(shared);
  return files::path_from_utf8(source != nullptr ? source : ".") / ".." / "shared";
}

// The folder legacy-data/datasets there. Where one of `files`, relative to it, is missing, the running test case is
// reported as skipped, and the result is empty.
inline std::optional<std::filesystem::path> full_data(std::initializer_list<const char*> files) {
  const std::filesystem::path folder = shared_folder() / "legacy-data" / "datasets";
  for (const char* file : files) {
    std::error_code error;
    if (std::filesystem::exists(folder / file, error)) continue;
    skip(files::to_utf8(folder / file) + " not found (KALIMA_SHARED may name another folder)");
    return std::nullopt;
  }
  return folder;
}

// The folder cases/NAME there; likewise.
inline std::optional<std::filesystem::path> shared_cases(const char* name) {
  const std::filesystem::path folder = shared_folder() / "cases" / name;
  std::error_code error;
  if (std::filesystem::exists(folder, error)) return folder;
  skip(files::to_utf8(folder) + " not found (KALIMA_SHARED may name another folder)");
  return std::nullopt;
}

}  // namespace kalima::testing
