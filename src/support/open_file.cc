#include "support/open_file.h"

#include <string>
#include <utility>
#include <vector>

#include "support/error.h"
#include "support/system_file.h"

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#endif

namespace kalima::files {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t block_size = std::size_t{256} * 1024;

}  // namespace

#ifdef _WIN32

OpenFile::OpenFile(const fs::path& path) : path_(path) {
  require_file(path);
  // Others may read it and no more.
  file_ = CreateFileW(path.c_str(), GENERIC_READ, FILE_SHARE_READ, nullptr, OPEN_EXISTING,
                      FILE_ATTRIBUTE_NORMAL, nullptr);
  if (file_ == INVALID_HANDLE_VALUE) fail("cannot read", path, last_error());
  mark_ = mark_of(path).value_or(FileMark{});
}

OpenFile::~OpenFile() {
  if (file_ != nullptr) CloseHandle(file_);
}

OpenFile::OpenFile(OpenFile&& other) noexcept
    : path_(std::move(other.path_)),
      mark_(other.mark_),
      changed_(other.changed_.load()),
      file_(std::exchange(other.file_, nullptr)) {}

bool OpenFile::unchanged() const { return true; }

void OpenFile::each_block(const std::function<void(std::string_view)>& visit) const {
  std::vector<char> buffer(block_size);
  if (SetFilePointer(file_, 0, nullptr, FILE_BEGIN) == INVALID_SET_FILE_POINTER)
    fail("cannot read", path_, last_error());
  for (;;) {
    DWORD count = 0;
    if (!ReadFile(file_, buffer.data(), static_cast<DWORD>(buffer.size()), &count, nullptr))
      fail("cannot read", path_, last_error());
    if (count == 0) return;
    visit({buffer.data(), count});
  }
}

#else

OpenFile::OpenFile(const fs::path& path) : path_(path) {
  Descriptor file = open_ordinary(path);
  struct stat about {};
  if (::fstat(file.get(), &about) != 0) fail("cannot read", path, last_error());
  mark_ = mark_from(about);
  written_ns_ = written_ns(about);
  file_ = file.release();
}

OpenFile::~OpenFile() {
  if (file_ >= 0) ::close(file_);
}

OpenFile::OpenFile(OpenFile&& other) noexcept
    : path_(std::move(other.path_)),
      mark_(other.mark_),
      changed_(other.changed_.load()),
      file_(std::exchange(other.file_, -1)),
      written_ns_(other.written_ns_) {}

bool OpenFile::unchanged() const {
  if (seen_changed()) return false;
  struct stat about {};
  if (::fstat(file_, &about) == 0) {
    const FileMark now = mark_from(about);
    if (now == mark_) return true;
    // That it lost its last name is a change of its description and nothing else.
    if (about.st_nlink == 0 && now.size == mark_.size && written_ns(about) == written_ns_) return true;
  }
  changed_.store(true, std::memory_order_relaxed);
  return false;
}

void OpenFile::each_block(const std::function<void(std::string_view)>& visit) const {
  std::vector<char> buffer(block_size);
  for (std::uint64_t offset = 0;;) {
    // Without moving the descriptor's place, which others share.
    const ssize_t count = ::pread(file_, buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("cannot read", path_, last_error());
    if (count == 0) return;
    visit({buffer.data(), static_cast<std::size_t>(count)});
    offset += static_cast<std::uint64_t>(count);
  }
}

#endif

}  // namespace kalima::files
