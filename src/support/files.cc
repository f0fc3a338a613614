#include "support/files.h"

#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <memory>
#include <system_error>
#include <thread>
#include <utility>

#include "support/error.h"
#include "support/held_file.h"
#include "support/stop.h"
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

// What to do about an error of the operating system.
std::string cure_of(const std::error_code& why) {
  if (why == std::errc::no_such_file_or_directory || why == std::errc::not_a_directory) {
    return "check the name and its folders";
  }
  if (why == std::errc::too_many_symbolic_link_levels) return "correct the link, or name another path";
  if (why == std::errc::filename_too_long) return "name a shorter path";
  if (why == std::errc::permission_denied || why == std::errc::operation_not_permitted ||
      why == std::errc::read_only_file_system) {
    return "see who may read and write there, or name another place";
  }
  if (why == std::errc::no_space_on_device || why == std::errc::file_too_large) {
    return "make room on that disk, or name another place";
  }
  if (why == std::errc::device_or_resource_busy) return "end the program that uses it, or name another place";
  return "name another place";
}

ErrorCode code_of(const std::error_code& why) {
  if (why == std::errc::no_such_file_or_directory || why == std::errc::not_a_directory) {
    return ErrorCode::not_found;
  }
  if (why == std::errc::too_many_symbolic_link_levels || why == std::errc::filename_too_long) {
    return ErrorCode::bad_input;
  }
  return ErrorCode::io;
}

[[noreturn]] void fail(const std::string& what, const fs::path& path, const std::error_code& why) {
  throw Error(code_of(why), fmt::format("{} {}: {}", what, to_utf8(path), why.message()), cure_of(why));
}

// For anything but an ordinary file.
[[noreturn]] void fail_kind(const fs::path& path, Kind kind) {
  const std::string name = to_utf8(path);
  switch (kind) {
    case Kind::missing:
      throw Error(ErrorCode::not_found, fmt::format("cannot read {}: file not found", name),
                  "check the name and its folders");
    case Kind::folder:
      throw Error(ErrorCode::bad_input, fmt::format("cannot read {}: a folder; expected a file", name),
                  "name a file in it");
    default:
      throw Error(ErrorCode::bad_input,
                  fmt::format("cannot read {}: a device or pipe; expected an ordinary file", name),
                  "name an ordinary file");
  }
}

[[noreturn]] void fail_size(const fs::path& path, std::size_t size, std::size_t max_bytes) {
  throw Error(
      ErrorCode::too_large,
      fmt::format("{}: {} MiB large; expected at most {} MiB", to_utf8(path), size >> 20, max_bytes >> 20),
      "is this the right file?");
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
  Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
  bool valid() const { return fd_ >= 0; }
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};
#endif

#ifndef _WIN32
// An ordinary file for reading. Looked at before it is opened, since opening alone does something to some devices, and
// again after that, since it may be another by then; a pipe is not waited for.
Descriptor open_ordinary(const fs::path& path) {
  require_file(path);
  Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!file.valid()) fail("cannot read", path, last_error());
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) fail("cannot read", path, last_error());
  if (S_ISDIR(status.st_mode)) fail_kind(path, Kind::folder);
  if (!S_ISREG(status.st_mode)) fail_kind(path, Kind::special);
  return file;
}
#endif

File open_for_reading(const fs::path& path) {
#ifdef _WIN32
  require_file(path);
  File file(_wfopen(path.c_str(), L"rb"));
#else
  Descriptor descriptor = open_ordinary(path);
  File file(::fdopen(descriptor.get(), "rb"));
  if (file) descriptor.release();
#endif
  if (!file) fail("cannot read", path, last_error());
  return file;
}

// Into a pipe or device nothing is written.
File open_for_writing(const fs::path& path) {
#ifdef _WIN32
  return File(_wfopen(path.c_str(), L"wb"));
#else
  Descriptor descriptor(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0666));
  if (!descriptor.valid()) return nullptr;
  struct stat status {};
  if (::fstat(descriptor.get(), &status) == 0 && !S_ISREG(status.st_mode)) {
    throw Error(ErrorCode::bad_input, fmt::format("cannot write {}: a device or pipe", to_utf8(path)),
                "name an ordinary file");
  }
  File file(::fdopen(descriptor.get(), "wb"));
  if (file) descriptor.release();
  return file;
#endif
}

}  // namespace

fs::path path_from_utf8(std::string_view utf8) {
#ifdef _WIN32
  // Names are UTF-16 there, in which ill-formed bytes have no form; no file has the name that they become.
  const std::string name = utf8::valid(utf8) ? std::string(utf8) : utf8::repaired(utf8);
#else
  const std::string_view name = utf8;
#endif
  return fs::path(std::u8string(reinterpret_cast<const char8_t*>(name.data()), name.size()));
}

fs::path with_suffix(fs::path path, std::string_view suffix) { return path += suffix; }

std::string to_utf8(const fs::path& path) {
  const std::u8string text = path.u8string();
  return {reinterpret_cast<const char*>(text.data()), text.size()};
}

Kind kind_of(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  switch (status.type()) {
    case fs::file_type::not_found:
      if (fs::is_symlink(fs::symlink_status(path, error))) {
        throw Error(ErrorCode::not_found, fmt::format("{} is a link to a missing file", to_utf8(path)),
                    "correct the link, or name another path");
      }
      return Kind::missing;
    case fs::file_type::none:
      fail("cannot look at", path, error);
    case fs::file_type::regular:
      return Kind::file;
    case fs::file_type::directory:
      return Kind::folder;
    default:
      return Kind::special;
  }
}

void require_file(const fs::path& path) {
  if (const Kind kind = kind_of(path); kind != Kind::file) fail_kind(path, kind);
}

InputFile::InputFile(const fs::path& path, std::size_t max_bytes)
    : path_(path), max_bytes_(max_bytes), file_(open_for_reading(path)) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error) return;
  size_ = static_cast<std::size_t>(size);
  if (size_ > max_bytes_) fail_size(path_, size_, max_bytes_);
}

std::string_view InputFile::read(std::size_t most) {
  buffer_.resize(most);
  const std::size_t got = std::fread(buffer_.data(), 1, most, file_.get());
  if (std::ferror(file_.get()) != 0) fail("cannot read", path_, last_error());
  read_ += got;
  if (read_ > max_bytes_) fail_size(path_, read_, max_bytes_);
  return std::string_view(buffer_).substr(0, got);
}

std::string read(const fs::path& path, std::size_t max_bytes) {
  InputFile file(path, max_bytes);
  std::string bytes;
  // The size is only a first guess: the file may grow.
  bytes.reserve(file.size());
  constexpr std::size_t block = 64 * 1024;
  for (std::string_view part; !(part = file.read(block)).empty();) bytes += part;
  return bytes;
}

bool same_bytes(const fs::path& a, const fs::path& b) {
  InputFile first(a), second(b);
  constexpr std::size_t block = 1u << 20;
  for (;;) {
    const std::string_view bytes = first.read(block);
    if (bytes != second.read(block)) return false;
    if (bytes.empty()) return true;
  }
}

std::string read_start(const fs::path& path, std::size_t size) {
  return std::string(InputFile(path).read(size));
}

namespace {

// On Windows the entry is flushed with the file, which has to be opened for writing.
void sync_entry(const fs::path& path) {
#ifdef _WIN32
  sync(path);
#else
  const fs::path folder = fs::absolute(path).parent_path();
  const Descriptor entry(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (entry.valid()) ::fsync(entry.get());  // some file systems cannot; the file itself is safe
#endif
}

}  // namespace

void sync(const fs::path& path) {
#ifdef _WIN32
  const Handle file(CreateFileW(path.c_str(), GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr,
                                OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr));
  if (!file.valid() || !FlushFileBuffers(file.get())) fail("cannot flush", path, last_error());
#else
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid() || ::fsync(file.get()) != 0) fail("cannot flush", path, last_error());
  sync_entry(path);
#endif
}

OutputFile::OutputFile(const fs::path& path) : path_(path), file_(open_for_writing(path)) {
  if (!file_) fail("cannot write", path_, last_error());
}

void OutputFile::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size())
    fail("cannot write", path_, last_error());
}

void OutputFile::finish() {
  if (std::fflush(file_.get()) != 0) fail("cannot write", path_, last_error());
#ifndef _WIN32
  if (::fsync(::fileno(file_.get())) != 0) fail("cannot flush", path_, last_error());
#endif
}

namespace {

void write(const fs::path& path, std::string_view bytes) {
  OutputFile file(path);
  file.write(bytes);
  file.finish();
}

}  // namespace

void write_durably(const fs::path& path, std::string_view bytes) {
  write(path, bytes);
  sync_entry(path);
}

void replace_durably(const fs::path& path, std::string_view bytes) {
  fs::path scratch = path;
  scratch += ".part";
  try {
    std::error_code ignored;
    fs::remove(scratch, ignored);  // it may be a link
    write(scratch, bytes);
    replace(scratch, path);
  } catch (...) {  // an incomplete file is removed
    std::error_code ignored;
    fs::remove(scratch, ignored);
    throw;
  }
  sync_entry(path);
}

void replace(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error) fail("cannot put a new file at", to, error);
}

void move_new(const fs::path& from, const fs::path& to) {
#ifdef _WIN32
  if (!MoveFileExW(from.c_str(), to.c_str(), MOVEFILE_WRITE_THROUGH)) fail("cannot make", to, last_error());
#else
  // A link is never put in the place of something. Some file systems know none, and folders have none.
  if (::link(from.c_str(), to.c_str()) == 0) {
    ::unlink(from.c_str());
    return;
  }
  std::error_code error = last_error();
  if (error == std::errc::file_exists || fs::exists(fs::symlink_status(to, error))) {
    fail("cannot make", to, std::make_error_code(std::errc::file_exists));
  }
  fs::rename(from, to, error);
  if (error) fail("cannot make", to, error);
#endif
}

void make_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directory(path, error);
  if (error) fail("cannot make", path, error);
}

void make_folders(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) fail("cannot make", path, error);
}

void remove_all(const fs::path& path) {
  std::error_code error;
  fs::remove_all(path, error);
  if (error) fail("cannot remove", path, error);
}

constexpr std::chrono::seconds max_wait(30);

#ifdef _WIN32
FolderLock::FolderLock(const fs::path& folder)
    : mutex_(CreateMutexW(nullptr, FALSE, L"Local\\kalima-folder")) {
  if (mutex_ == nullptr) fail("cannot lock", folder, last_error());
  // A mutex abandoned by a process that ended (WAIT_ABANDONED) is ours too.
  if (const DWORD waited =
          WaitForSingleObject(mutex_, static_cast<DWORD>(std::chrono::milliseconds(max_wait).count()));
      waited != WAIT_FAILED && waited != WAIT_TIMEOUT)
    return;
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
  // Each of ours is short; whoever holds one for longer is another program.
  const auto end = std::chrono::steady_clock::now() + max_wait;
  while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const std::error_code why = last_error();
    if ((why == std::errc::interrupted || why == std::errc::resource_unavailable_try_again) &&
        std::chrono::steady_clock::now() < end && stop::requested() == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      continue;
    }
    ::close(descriptor_);
    stop::check();
    fail("cannot lock", folder, why);
  }
}

FolderLock::~FolderLock() { ::close(descriptor_); }
#endif

namespace {

struct Mapping {
  void* data;
  std::size_t size;
};

#ifdef _WIN32
Mapping map(HANDLE file, const fs::path& path) {
  LARGE_INTEGER size;
  if (!GetFileSizeEx(file, &size)) fail("cannot read", path, last_error());
  if (size.QuadPart == 0) return {nullptr, 0};
  const Handle mapping(CreateFileMappingW(file, nullptr, PAGE_READONLY, 0, 0, nullptr));
  if (!mapping.valid()) fail("cannot map", path, last_error());
  void* data = MapViewOfFile(mapping.get(), FILE_MAP_READ, 0, 0, 0);
  if (data == nullptr) fail("cannot map", path, last_error());
  return {data, static_cast<std::size_t>(size.QuadPart)};
}
#else
Mapping map(int file, const fs::path& path) {
  struct stat status {};
  if (::fstat(file, &status) != 0) fail("cannot read", path, last_error());
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) return {nullptr, 0};
  void* address = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
  if (address == MAP_FAILED) fail("cannot map", path, last_error());
  return {address, size};
}
#endif

Mapping map(const fs::path& path) {
#ifdef _WIN32
  const Handle file(CreateFileW(path.c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, nullptr,
                                OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr));
#else
  const Descriptor file = open_ordinary(path);
#endif
  if (!file.valid()) fail("cannot read", path, last_error());
  return map(file.get(), path);
}

Mapping map(const HeldFile& file) {
#ifdef _WIN32
  return map(static_cast<HANDLE>(file.handle()), file.path());
#else
  return map(file.descriptor(), file.path());
#endif
}

}  // namespace

Mapped::Mapped(const fs::path& path) {
  const Mapping mapping = map(path);
  data_ = mapping.data;
  size_ = mapping.size;
}

Mapped::Mapped(const HeldFile& file) {
  const Mapping mapping = map(file);
  data_ = mapping.data;
  size_ = mapping.size;
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
