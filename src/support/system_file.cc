#include "support/system_file.h"

#include <fmt/format.h>

#include <cerrno>

#include "support/error.h"

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <fcntl.h>
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

}  // namespace

void fail(const std::string& what, const fs::path& path, const std::error_code& why) {
  throw Error(code_of(why), fmt::format("{} {}: {}", what, to_utf8(path), why.message()), cure_of(why));
}

void fail_kind(const fs::path& path, Kind kind) {
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

#ifdef _WIN32
std::error_code last_error() { return {static_cast<int>(GetLastError()), std::system_category()}; }

Handle::~Handle() {
  if (valid()) CloseHandle(handle_);
}

bool Handle::valid() const { return handle_ != nullptr && handle_ != INVALID_HANDLE_VALUE; }
#else
std::error_code last_error() { return {errno, std::generic_category()}; }

Descriptor::~Descriptor() {
  if (valid()) ::close(fd_);
}

// Looked at before it is opened, since opening alone does something to some devices, and
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

}  // namespace kalima::files
