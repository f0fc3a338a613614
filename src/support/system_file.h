// What the files of this folder share about the operating system: its errors, and what it opened. Nothing above
// includes it.
#pragma once

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "support/files.h"

namespace kalima::files {

// The error of the call that has just failed.
std::error_code last_error();
// Throws the Error for it, with a cure: "WHAT PATH: why".
[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path,
                       const std::error_code& why);
// Throws the Error for anything that is not an ordinary file.
[[noreturn]] void fail_kind(const std::filesystem::path& path, Kind kind);

#ifdef _WIN32
// Closes what it holds.
class Handle {
 public:
  explicit Handle(void* handle) : handle_(handle) {}
  ~Handle();
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  bool valid() const;
  void* get() const { return handle_; }

 private:
  void* handle_;
};
#else
// Closes what it holds.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
  bool valid() const { return fd_ >= 0; }
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

// An ordinary file, opened for reading; a pipe or device is refused without waiting for it.
Descriptor open_ordinary(const std::filesystem::path& path);
#endif

}  // namespace kalima::files
