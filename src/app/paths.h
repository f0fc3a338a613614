// Where things are when the user does not say.
#pragma once

#include <filesystem>
#include <optional>

namespace kalima::app {

// The user's folder for Kalima: $XDG_DATA_HOME/kalima or ~/.local/share/kalima (XDG Base Directory
// Specification, which has relative paths passed over), ~/Library/Application Support/Kalima on macOS,
// %LOCALAPPDATA%\Kalima on Windows. None where the environment names no such folder.
std::optional<std::filesystem::path> data_folder();
// kalima.db in it.
std::optional<std::filesystem::path> default_database();

}  // namespace kalima::app
