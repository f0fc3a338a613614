// One process at a time in a folder.
#pragma once

#include <filesystem>

namespace kalima::files {

// While one lives, no other process gets past the construction of its own for the same folder: it waits, for half a
// minute, then Error(io); Stopped when there is a request to stop. The system ends the lock with the process, and nothing is left in the folder. On Windows it is one lock for all folders of a user.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
#ifdef _WIN32
  void* mutex_ = nullptr;
#else
  int descriptor_ = -1;
#endif
};

}  // namespace kalima::files
