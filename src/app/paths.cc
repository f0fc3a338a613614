#include "app/paths.h"

#include <cstdlib>
#include <string>

#include "support/files.h"

namespace kalima::app {
namespace fs = std::filesystem;
namespace {

fs::path from_environment(const char* name) {
#ifdef _WIN32
  const std::wstring wide(name, name + std::char_traits<char>::length(name));
  const wchar_t* value = _wgetenv(wide.c_str());
  return value == nullptr ? fs::path() : fs::path(value);
#else
  const char* value = std::getenv(name);
  return value == nullptr ? fs::path() : files::path_from_utf8(value);
#endif
}

}  // namespace

std::optional<fs::path> data_folder() {
#if defined(_WIN32)
  if (const fs::path local = from_environment("LOCALAPPDATA"); local.is_absolute()) return local / "Kalima";
#elif defined(__APPLE__)
  if (const fs::path home = from_environment("HOME"); home.is_absolute()) {
    return home / "Library" / "Application Support" / "Kalima";
  }
#else
  if (const fs::path data = from_environment("XDG_DATA_HOME"); data.is_absolute()) return data / "kalima";
  if (const fs::path home = from_environment("HOME"); home.is_absolute())
    return home / ".local" / "share" / "kalima";
#endif
  return std::nullopt;
}

std::optional<fs::path> default_database() {
  const auto folder = data_folder();
  if (!folder) return std::nullopt;
  return *folder / "kalima.db";
}

}  // namespace kalima::app
