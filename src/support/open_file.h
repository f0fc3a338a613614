// A file that is read as long as the program runs, and how to notice that another program has changed it.
//
// Nothing is copied: what others write into the file is what is read from then on. So whoever reads it calls unchanged()
// afterwards, and uses nothing of what was read once that is false. On Windows nobody can change, replace or remove the
// file while it is open.
//
// What is not noticed: a change within the same tick of the file system's clock (some milliseconds; two seconds on FAT)
// as the one before it, and one by somebody who sets the system's clock back. Setting back the time of the last write does
// not hide a change, because that is a change of the description, which has a time of its own, though not on FAT. On a
// network disk changes by another machine are noticed some seconds later.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

#include "support/file_mark.h"

namespace kalima::files {

class OpenFile {
 public:
  // Throws Error(not_found) if the file is missing, Error(bad_input) if it is a folder or a device, else Error(io).
  explicit OpenFile(const std::filesystem::path& path);
  ~OpenFile();
  OpenFile(OpenFile&& other) noexcept;
  OpenFile& operator=(OpenFile&&) = delete;
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  // The path by which it was opened.
  const std::filesystem::path& path() const { return path_; }
  // When it was opened.
  const FileMark& mark() const { return mark_; }
  // False once anybody has written to it or changed its description since it was opened, and then for ever; one that was
  // removed or replaced by another file is unchanged. One call of the system. Threads: any.
  bool unchanged() const;
  // True once that was false. No call of the system. Threads: any.
  bool seen_changed() const { return changed_.load(std::memory_order_relaxed); }
  // Reads the contents from the first to the last byte, in blocks; `visit` must not keep the text. Throws Error(io).
  // Threads: one.
  void each_block(const std::function<void(std::string_view)>& visit) const;

#ifdef _WIN32
  void* handle() const { return file_; }
#else
  int descriptor() const { return file_; }
#endif

 private:
  std::filesystem::path path_;
  FileMark mark_;
  mutable std::atomic<bool> changed_ = false;
#ifdef _WIN32
  void* file_ = nullptr;
#else
  int file_ = -1;
  std::int64_t written_ns_ = 0;  // when the content was changed last
#endif
};

}  // namespace kalima::files
