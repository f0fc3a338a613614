// What the fuzzers share: a property that must hold, files for readers that want a path, values out of bytes.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "support/error.h"

// Ends the program, which is what libFuzzer takes for a finding, unless `condition` holds.
#define FUZZ_CHECK(condition)                                                                  \
  do {                                                                                         \
    if (!(condition)) {                                                                        \
      std::fprintf(stderr, "%s:%d: this does not hold: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                            \
    }                                                                                          \
  } while (false)

namespace kalima::fuzzing {

// What `call` gives, or nothing when it refuses its input with an Error. An Error(internal) tells of a
// defect, and a reader must not throw any other exception: both end the program.
template <typename Call>
auto refused_or(Call call) -> std::optional<decltype(call())> {
  try {
    return call();
  } catch (const Error& e) {
    if (e.code() == ErrorCode::internal) std::fprintf(stderr, "internal: %s\n", e.what());
    FUZZ_CHECK(e.code() != ErrorCode::internal);
    FUZZ_CHECK(!std::string_view(e.what()).empty());
    return std::nullopt;
  }
}

// A file in memory that has a path while the object lives.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : file_(::memfd_create("kalima-fuzz", MFD_CLOEXEC)) {
    FUZZ_CHECK(file_ >= 0);
    while (!bytes.empty()) {
      const ssize_t written = ::write(file_, bytes.data(), bytes.size());
      FUZZ_CHECK(written > 0);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  ~MemoryFile() { ::close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  int file_;
};

// A folder of this process, in memory where the system has such a place; gone when the process ends in order.
inline const std::filesystem::path& scratch_folder() {
  struct Folder {
    Folder() {
      const std::filesystem::path memory = "/dev/shm";
      const auto parent =
          std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
      path = parent / ("kalima-fuzz-" + std::to_string(::getpid()));
      std::filesystem::remove_all(path);
      std::filesystem::create_directories(path);
    }
    ~Folder() {
      std::error_code ignored;
      std::filesystem::remove_all(path, ignored);
    }
    std::filesystem::path path;
  };
  static const Folder folder;
  return folder.path;
}

// A path in the scratch folder without a database or SQLite's files next to one.
inline std::filesystem::path new_database() {
  const std::filesystem::path path = scratch_folder() / "c.db";
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
    std::filesystem::remove(std::filesystem::path(path) += suffix);
  }
  return path;
}

// Takes values off the front of an input; zeros and empty texts when nothing is left.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const auto value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  std::size_t below(std::size_t bound) { return byte() % bound; }
  bool flag() { return (byte() & 1) != 0; }
  // The text up to the next line feed, which is taken too.
  std::string_view line() {
    const std::string_view text = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(std::min(rest_.size(), text.size() + 1));
    return text;
  }
  std::string_view rest() const { return rest_; }
  bool empty() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

}  // namespace kalima::fuzzing
