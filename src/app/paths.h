// Where things are when the user does not say.
#pragma once

#include <filesystem>

namespace kalima::app {

// The user's folder for Kalima: $XDG_DATA_HOME/kalima or ~/.local/share/kalima, ~/Library/Application Support/Kalima
// on macOS, %LOCALAPPDATA%\Kalima on Windows. The current folder where none of these can be told.
std::filesystem::path data_folder();
// kalima.db in it.
std::filesystem::path default_database();

}  // namespace kalima::app
