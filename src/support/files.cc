#include "support/files.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include "support/error.h"
#include "support/utf8.h"

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace kalima::files {
namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const std::string& what, const fs::path& path, const std::error_code& why) {
  throw Error(why == std::errc::no_such_file_or_directory ? ErrorCode::not_found : ErrorCode::io,
              fmt::format("{} {}: {}", what, to_utf8(path), why.message()));
}

#ifdef _WIN32
std::error_code last_error() { return {static_cast<int>(GetLastError()), std::system_category()}; }

class Handle {
 public:
  explicit Handle(HANDLE handle) : handle_(handle) {}
  ~Handle() {
    if (valid()) CloseHandle(handle_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  bool valid() const { return handle_ != nullptr && handle_ != INVALID_HANDLE_VALUE; }
  HANDLE get() const { return handle_; }

 private:
  HANDLE handle_;
};
#else
std::error_code last_error() { return {errno, std::generic_category()}; }

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  bool valid() const { return fd_ >= 0; }
  int get() const { return fd_; }

 private:
  int fd_;
};
#endif

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

File open_file(const fs::path& path, bool writing) {
#ifdef _WIN32
  return File(_wfopen(path.c_str(), writing ? L"wb" : L"rb"));
#else
  return File(std::fopen(path.c_str(), writing ? "wbe" : "rbe"));
#endif
}

}  // namespace

fs::path path_from_utf8(std::string_view utf8) {
#ifdef _WIN32
  // Names are UTF-16 there, which ill-formed bytes have no form in; no file has the name that they become.
  const std::string name = utf8::valid(utf8) ? std::string(utf8) : utf8::repaired(utf8);
#else
  const std::string_view name = utf8;
#endif
  return fs::path(std::u8string(reinterpret_cast<const char8_t*>(name.data()), name.size()));
}

std::string to_utf8(const fs::path& path) {
  const std::u8string text = path.u8string();
  return {reinterpret_cast<const char*>(text.data()), text.size()};
}

std::string read(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error))
    fail("cannot read", path, std::make_error_code(std::errc::is_a_directory));
  const File file = open_file(path, false);
  if (!file) fail("cannot read", path, last_error());
  std::string bytes;
  // The size is only a first guess: the file may grow or be a pipe.
  const auto size = fs::file_size(path, error);
  if (!error) bytes.reserve(static_cast<std::size_t>(size));
  char buffer[64 * 1024];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, file.get())) > 0;) {
    bytes.append(buffer, got);
  }
  if (std::ferror(file.get()) != 0) fail("cannot read", path, last_error());
  return bytes;
}

void sync(const fs::path& path) {
#ifdef _WIN32
  const Handle file(CreateFileW(path.c_str(), GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr,
                                OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr));
  if (!file.valid() || !FlushFileBuffers(file.get())) fail("cannot flush", path, last_error());
#else
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid() || ::fsync(file.get()) != 0) fail("cannot flush", path, last_error());
  const fs::path folder = fs::absolute(path).parent_path();
  const Descriptor entry(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (entry.valid()) ::fsync(entry.get());  // some file systems cannot; the file itself is safe
#endif
}

void write_durably(const fs::path& path, std::string_view bytes) {
  {
    const File file = open_file(path, true);
    if (!file) fail("cannot write", path, last_error());
    if (std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size() ||
        std::fflush(file.get()) != 0) {
      fail("cannot write", path, last_error());
    }
  }
  sync(path);
}

void replace(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error) fail("cannot put a new file at", to, error);
}

void remove_all(const fs::path& path) {
  std::error_code error;
  fs::remove_all(path, error);
  if (error) fail("cannot remove", path, error);
}

#ifdef _WIN32
FolderLock::FolderLock(const fs::path& folder)
    : mutex_(CreateMutexW(nullptr, FALSE, L"Local\\kalima-folder")) {
  if (mutex_ == nullptr) fail("cannot lock", folder, last_error());
  // A mutex that a process left behind at its end (WAIT_ABANDONED) is ours all the same.
  if (WaitForSingleObject(mutex_, INFINITE) != WAIT_FAILED) return;
  const std::error_code why = last_error();
  CloseHandle(mutex_);
  fail("cannot lock", folder, why);
}

FolderLock::~FolderLock() {
  ReleaseMutex(mutex_);
  CloseHandle(mutex_);
}
#else
FolderLock::FolderLock(const fs::path& folder)
    : descriptor_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (descriptor_ < 0) fail("cannot lock", folder, last_error());
  while (::flock(descriptor_, LOCK_EX) != 0) {
    if (errno == EINTR) continue;
    const std::error_code why = last_error();
    ::close(descriptor_);
    fail("cannot lock", folder, why);
  }
}

FolderLock::~FolderLock() { ::close(descriptor_); }
#endif

Mapped::Mapped(const fs::path& path) {
#ifdef _WIN32
  const Handle file(CreateFileW(path.c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, nullptr,
                                OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr));
  if (!file.valid()) fail("cannot read", path, last_error());
  LARGE_INTEGER size;
  if (!GetFileSizeEx(file.get(), &size)) fail("cannot read", path, last_error());
  size_ = static_cast<std::size_t>(size.QuadPart);
  if (size_ == 0) return;
  const Handle mapping(CreateFileMappingW(file.get(), nullptr, PAGE_READONLY, 0, 0, nullptr));
  if (!mapping.valid()) fail("cannot map", path, last_error());
  data_ = MapViewOfFile(mapping.get(), FILE_MAP_READ, 0, 0, 0);
  if (data_ == nullptr) fail("cannot map", path, last_error());
#else
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid()) fail("cannot read", path, last_error());
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) fail("cannot read", path, last_error());
  size_ = static_cast<std::size_t>(status.st_size);
  if (size_ == 0) return;
  void* address = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file.get(), 0);
  if (address == MAP_FAILED) fail("cannot map", path, last_error());
  data_ = address;
#endif
}

Mapped::~Mapped() {
  if (data_ == nullptr) return;
#ifdef _WIN32
  UnmapViewOfFile(data_);
#else
  ::munmap(data_, size_);
#endif
}

}  // namespace kalima::files
