// The contents of a file at the time when it was opened, whatever happens to the file later.
//
// If another program cuts off a file that is mapped into memory, the next read ends the process with a signal; and
// contents that were verified can change later. So this holds a copy without a name, which no other program can open: in
// a file on the same disk if it has enough room, otherwise in memory (Linux). If neither works, it holds the file itself.
// On Windows it holds the file itself, and no other program can change, replace or remove it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

#include "support/file_mark.h"

namespace kalima::files {

class HeldFile {
 public:
  // Throws Error(not_found) if the file is missing, Error(bad_input) if it is a folder or a device, else Error(io).
  explicit HeldFile(const std::filesystem::path& path);
  ~HeldFile();
  HeldFile(HeldFile&& other) noexcept;
  HeldFile& operator=(HeldFile&&) = delete;
  HeldFile(const HeldFile&) = delete;
  HeldFile& operator=(const HeldFile&) = delete;

  // The path of the file.
  const std::filesystem::path& path() const { return path_; }
  // Of the file, before it was read.
  const FileMark& mark() const { return mark_; }
  // Reads the contents from the first to the last byte, in blocks; `visit` must not keep the text. Throws Error(io).
  void each_block(const std::function<void(std::string_view)>& visit) const;

#ifdef _WIN32
  void* handle() const { return file_; }
#else
  int descriptor() const { return file_; }
#endif

 private:
  std::filesystem::path path_;
  FileMark mark_;
#ifdef _WIN32
  void* file_ = nullptr;
#else
  int file_ = -1;
#endif
};

}  // namespace kalima::files
