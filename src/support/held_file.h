// The content of a file as it was when it was opened, whatever others do with the file.
//
// A file that is mapped into memory ends the program by a signal where another program cuts it off, and what was verified
// once may read otherwise later. So what is held is a copy without a name, which nobody else can open: a file on the same
// disk where there is room enough, else memory (Linux). Where neither can be had, the file itself is held. On Windows the
// file itself is held, and nobody can change, replace or remove it meanwhile.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

#include "support/file_mark.h"

namespace kalima::files {

class HeldFile {
 public:
  // Throws Error(not_found) when the file is missing, Error(bad_input) when it is a folder or a device, else Error(io).
  explicit HeldFile(const std::filesystem::path& path);
  ~HeldFile();
  HeldFile(HeldFile&& other) noexcept;
  HeldFile& operator=(HeldFile&&) = delete;
  HeldFile(const HeldFile&) = delete;
  HeldFile& operator=(const HeldFile&) = delete;

  // Where it was read from.
  const std::filesystem::path& path() const { return path_; }
  // Of the file, from before it was read.
  const FileMark& mark() const { return mark_; }
  // Reads what is held from end to end, block by block; `visit` must not keep the text. Throws Error(io).
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
