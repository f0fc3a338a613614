// Files that are read or written in parts, so that they may be larger than memory. Both throw Error like the functions of
// files.h.
#pragma once

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "support/files.h"

namespace kalima::files {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

// An ordinary file that is read from its beginning; refused as by files::read(), also if it grows while it is read.
// Threads: one.
class InputFile {
 public:
  // `cure` says what to do about a file of more than `max_bytes`.
  explicit InputFile(const std::filesystem::path& path, std::size_t max_bytes = no_limit,
                     std::string cure = "is this the right file?");

  // When it was opened; 0 if that is not known.
  std::size_t size() const { return size_; }
  // The next bytes: `max_size`, or fewer at the end, then none. They are valid until the next call.
  std::string_view read(std::size_t max_size);
  // The next bytes are the first ones again.
  void rewind();

 private:
  void require_size(std::size_t size) const;

  std::filesystem::path path_;
  std::size_t max_bytes_, size_ = 0, read_ = 0;
  std::string cure_;
  File file_;
  std::string buffer_;
};

// A file that is written in parts, from its beginning. Threads: one.
class OutputFile {
 public:
  explicit OutputFile(const std::filesystem::path& path);

  void write(std::string_view bytes);
  // Syncs what was written to the disk (fsync).
  void finish();

 private:
  std::filesystem::path path_;
  File file_;
};

}  // namespace kalima::files
