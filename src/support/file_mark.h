// Which file a name leads to now, and whether it was changed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#ifndef _WIN32
#include <sys/stat.h>
#endif

namespace kalima::files {

struct FileMark {
  // Of the file, whatever its name is: device and inode, on Windows volume and file index. While somebody has the file
  // open no other file gets the same.
  std::uint64_t device = 0, number = 0;
  std::uint64_t size = 0;  // bytes
  std::int64_t changed_ns =
      0;  // when the content or its description was changed last; only good for comparing

  bool same_file(const FileMark& other) const { return device == other.device && number == other.number; }
  bool operator==(const FileMark&) const = default;
};

// Of the file that the path leads to, through links; nullopt when it does not lead to a file or may not be looked at. Any
// thread; one call of the system, on POSIX systems without opening the file. Does not throw.
std::optional<FileMark> mark_of(const std::filesystem::path& path);
#ifndef _WIN32
// Of what the system says about a file.
FileMark mark_from(const struct stat& about);
// When its content was changed last; programs can set that time.
std::int64_t written_ns(const struct stat& about);
#endif

}  // namespace kalima::files
