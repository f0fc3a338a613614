// Default paths.
#pragma once

#include <filesystem>
#include <optional>

namespace kalima::app {

// The user's folder for Kalima: $XDG_DATA_HOME/kalima or ~/.local/share/kalima (XDG Base Directory
// Specification, which ignores relative paths), ~/Library/Application Support/Kalima on macOS,
// %LOCALAPPDATA%\Kalima on Windows. nullopt if the environment names no such folder.
std::optional<std::filesystem::path> data_folder();
// kalima.db in it.
std::optional<std::filesystem::path> default_database();

}  // namespace kalima::app
