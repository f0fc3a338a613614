#include "support/files.h"

#include <fmt/format.h>

#include <cstdio>
#include <system_error>

#include "support/error.h"
#include "support/file_parts.h"
#include "support/system_file.h"
#include "support/utf8.h"

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

}  // namespace kalima::files
