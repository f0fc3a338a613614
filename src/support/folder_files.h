// The files below a folder, and nothing outside it: users may put links there, and other people files with links.
#pragma once

#include <filesystem>
#include <functional>

namespace kalima::files {

// Whether a file lies in a folder, at any depth. Both are canonical paths.
bool lies_in(const std::filesystem::path& folder, const std::filesystem::path& file);

// Calls `visit` for each ordinary file below a folder with its path in that folder, in no order. Links to folders are not
// followed, and links to files only if these lie in the folder too. What may not be read is left out. Throws what
// `visit` throws.
void each_file_below(const std::filesystem::path& folder,
                     const std::function<void(const std::filesystem::directory_entry& file,
                                              const std::filesystem::path& relative)>& visit);

}  // namespace kalima::files
