#include "support/held_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "support/error.h"
#include "support/log.h"
#include "support/system_file.h"

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cstdlib>
#endif

namespace kalima::files {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t held_block_size = std::size_t{256} * 1024;

}  // namespace

#ifdef _WIN32

HeldFile::HeldFile(const fs::path& path) : path_(path) {
  require_file(path);
  // Others may read it and no more.
  file_ = CreateFileW(path.c_str(), GENERIC_READ, FILE_SHARE_READ, nullptr, OPEN_EXISTING,
                      FILE_ATTRIBUTE_NORMAL, nullptr);
  if (file_ == INVALID_HANDLE_VALUE) fail("cannot read", path, last_error());
  mark_ = mark_of(path).value_or(FileMark{});
}

HeldFile::~HeldFile() {
  if (file_ != nullptr) CloseHandle(file_);
}

HeldFile::HeldFile(HeldFile&& other) noexcept
    : path_(std::move(other.path_)), mark_(other.mark_), file_(std::exchange(other.file_, nullptr)) {}

void HeldFile::each_block(const std::function<void(std::string_view)>& visit) const {
  std::vector<char> buffer(held_block_size);
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

namespace {

// This much must stay free, so that a copy never takes the room that writes need.
constexpr std::uint64_t room_to_leave = std::uint64_t{64} * 1024 * 1024;

bool has_room(const fs::path& folder, std::uint64_t size) {
  struct statvfs disk {};
  return ::statvfs(folder.c_str(), &disk) == 0 &&
         std::uint64_t{disk.f_bavail} * disk.f_frsize >= size + room_to_leave;
}

// A new file without a name, or -1 if the file system has none.
int unnamed_file(const fs::path& folder) {
#ifdef O_TMPFILE
  const int made = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
  if (made >= 0) return made;
#endif
  std::string name = (folder / ".kalima-XXXXXX").string();
  const int file = ::mkstemp(name.data());
  if (file < 0) return -1;
  ::unlink(name.c_str());
  ::fcntl(file, F_SETFD, FD_CLOEXEC);
  return file;
}

int unnamed_memory() {
#ifdef __linux__
  return ::memfd_create("kalima", MFD_CLOEXEC);
#else
  return -1;
#endif
}

bool write_all(int to, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t count = ::write(to, data, size);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    data += count;
    size -= static_cast<std::size_t>(count);
  }
  return true;
}

// Reads at `offset` without moving the descriptor's place; 0 at the end. Throws Error(io).
std::size_t read_at(const fs::path& path, int from, std::vector<char>& buffer, std::uint64_t offset) {
  for (;;) {
    const ssize_t count = ::pread(from, buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) fail("cannot read", path, last_error());
  }
}

// False when `to` takes no more.
bool copy(const fs::path& path, int from, int to) {
#ifdef __linux__
  // On some file systems the two files then share their blocks.
  for (;;) {
    const ssize_t count = ::copy_file_range(from, nullptr, to, nullptr, std::size_t{1} << 30, 0);
    if (count > 0) continue;
    if (count == 0 && ::lseek(to, 0, SEEK_CUR) > 0) return true;
    break;
  }
  if (::lseek(from, 0, SEEK_SET) < 0 || ::ftruncate(to, 0) != 0 || ::lseek(to, 0, SEEK_SET) < 0) return false;
#endif
  std::vector<char> buffer(held_block_size);
  for (std::uint64_t offset = 0;;) {
    const std::size_t count = read_at(path, from, buffer, offset);
    if (count == 0) return true;
    if (!write_all(to, buffer.data(), count)) return false;
    offset += count;
  }
}

}  // namespace

HeldFile::HeldFile(const fs::path& path) : path_(path) {
  require_file(path);
  file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (file_ < 0) fail("cannot read", path, last_error());
  const fs::path folder = fs::absolute(path).parent_path();
  try {
    const auto mark = mark_of(file_);
    if (!mark) fail("cannot read", path, last_error());
    mark_ = *mark;
    for (const bool on_disk : {true, false}) {
      if (on_disk && !has_room(folder, mark_.size)) continue;
      const int held = on_disk ? unnamed_file(folder) : unnamed_memory();
      if (held < 0) continue;
      if (copy(path, file_, held)) {
        ::close(std::exchange(file_, held));
        return;
      }
      ::close(held);
    }
  } catch (...) {  // no destructor runs
    ::close(file_);
    throw;
  }
  log::warning("there is no room for a copy of {}: it must not be changed while the program runs",
               to_utf8(path));
}

HeldFile::~HeldFile() {
  if (file_ >= 0) ::close(file_);
}

HeldFile::HeldFile(HeldFile&& other) noexcept
    : path_(std::move(other.path_)), mark_(other.mark_), file_(std::exchange(other.file_, -1)) {}

void HeldFile::each_block(const std::function<void(std::string_view)>& visit) const {
  std::vector<char> buffer(held_block_size);
  for (std::uint64_t offset = 0;;) {
    const std::size_t count = read_at(path_, file_, buffer, offset);
    if (count == 0) return;
    visit({buffer.data(), count});
    offset += count;
  }
}

#endif

}  // namespace kalima::files
