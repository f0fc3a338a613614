#include "support/folder_files.h"

#include <algorithm>
#include <system_error>

namespace kalima::files {
namespace fs = std::filesystem;

bool lies_in(const fs::path& folder, const fs::path& file) {
  const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
  return end == folder.end() && rest != file.end();
}

void each_file_below(const fs::path& folder,
                     const std::function<void(const fs::directory_entry&, const fs::path&)>& visit) {
  std::error_code error;
  const fs::path base = fs::canonical(folder, error);
  if (error) return;
  const auto leads_out = [&](const fs::directory_entry& entry) {
    std::error_code unreadable;
    if (!entry.is_symlink(unreadable)) return static_cast<bool>(unreadable);
    const fs::path target = fs::canonical(entry.path(), unreadable);
    return unreadable || !lies_in(base, target);
  };
  fs::recursive_directory_iterator entries(base, fs::directory_options::skip_permission_denied, error);
  for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
    std::error_code ignored;
    if (entries->is_regular_file(ignored) && !leads_out(*entries))
      visit(*entries, entries->path().lexically_relative(base));
  }
}

}  // namespace kalima::files
