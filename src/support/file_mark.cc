#include "support/file_mark.h"

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#endif

namespace kalima::files {

#ifdef _WIN32

namespace {

std::uint64_t joined(DWORD high, DWORD low) { return std::uint64_t{high} << 32 | low; }

}  // namespace

std::optional<FileMark> mark_of(const std::filesystem::path& path) {
  const HANDLE file = CreateFileW(path.c_str(), 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                  nullptr, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr);
  if (file == INVALID_HANDLE_VALUE) return std::nullopt;
  BY_HANDLE_FILE_INFORMATION about;
  const bool known = GetFileInformationByHandle(file, &about) != 0;
  CloseHandle(file);
  if (!known) return std::nullopt;
  return FileMark{about.dwVolumeSerialNumber, joined(about.nFileIndexHigh, about.nFileIndexLow),
                  joined(about.nFileSizeHigh, about.nFileSizeLow),
                  static_cast<std::int64_t>(
                      joined(about.ftLastWriteTime.dwHighDateTime, about.ftLastWriteTime.dwLowDateTime))};
}

#else

namespace {

std::int64_t ns_of(const timespec& time) { return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }

}  // namespace

FileMark mark_from(const struct stat& about) {
#ifdef __APPLE__
  const timespec& changed = about.st_ctimespec;
#else
  const timespec& changed = about.st_ctim;
#endif
  return {static_cast<std::uint64_t>(about.st_dev), static_cast<std::uint64_t>(about.st_ino),
          static_cast<std::uint64_t>(about.st_size), ns_of(changed)};
}

std::int64_t written_ns(const struct stat& about) {
#ifdef __APPLE__
  return ns_of(about.st_mtimespec);
#else
  return ns_of(about.st_mtim);
#endif
}

std::optional<FileMark> mark_of(const std::filesystem::path& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return std::nullopt;
  return mark_from(about);
}

#endif

}  // namespace kalima::files
