// Files and folders. Paths are UTF-8 on every system. All functions throw Error(io) unless they say otherwise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace kalima::files {

// A path from UTF-8 and back; on Windows the native form is UTF-16.
std::filesystem::path path_from_utf8(std::string_view utf8);
std::string to_utf8(const std::filesystem::path& path);

std::string read(const std::filesystem::path& path);
// Writes the file and has it on the disk (fsync) before it returns.
void write_durably(const std::filesystem::path& path, std::string_view bytes);
// Has an existing file, and the folder entry, on the disk.
void sync(const std::filesystem::path& path);
// Puts `from` at the place of `to`, replacing it in one step; both on one file system.
void replace(const std::filesystem::path& from, const std::filesystem::path& to);
// Removes a file or a folder with all it holds, if it is there.
void remove_all(const std::filesystem::path& path);

// While one lives, no other process gets past the construction of its own for the same folder: it waits. The system ends
// the lock with the process, and nothing is left in the folder. On Windows it is one lock for all folders of a user.
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

// A read-only file mapped into memory; the mapping lives as long as the object and may be read from every
// thread. An empty file gives an empty view.
class Mapped {
 public:
  explicit Mapped(const std::filesystem::path& path);
  ~Mapped();
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;

  std::string_view bytes() const { return {static_cast<const char*>(data_), size_}; }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace kalima::files
