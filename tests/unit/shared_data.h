// Where the old server's full data are, for tests over all of them.
#pragma once

#include <cstdlib>
#include <filesystem>

#include "support/files.h"

namespace kalima::testing {

// The folder that KALIMA_SHARED names, by default `shared` beside the repository, which ctest names. It need not exist.
inline std::filesystem::path shared_folder() {
  if (const char* shared = std::getenv("KALIMA_SHARED")) return files::path_from_utf8(shared);
  const char* source = std::getenv("KALIMA_SOURCE_FOLDER");
  return files::path_from_utf8(source != nullptr ? source : ".") / ".." / "shared";
}

}  // namespace kalima::testing
