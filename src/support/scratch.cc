#include "support/scratch.h"

#include <fmt/format.h>

#include <cerrno>
#include <functional>
#include <random>
#include <string>
#include <utility>

#include "support/error.h"
#include "support/files.h"
#include "support/folder_lock.h"
#include "support/stop.h"

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#endif

namespace kalima::files {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view infix = ".new-";
constexpr std::size_t digits = 8;
constexpr const char* marker = "in-use";

enum class Found { free, locked, unknown };

// The lock of a scratch folder: an open file, or `no_lock`.
#ifdef _WIN32
using Lock = void*;
const Lock no_lock = nullptr;

void close_lock(Lock lock) { CloseHandle(lock); }

// Nobody else can open the file while this one has it.
Lock try_lock(const fs::path& folder, bool create, Found& found) {
  const HANDLE file = CreateFileW((folder / marker).c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr,
                                  create ? CREATE_NEW : OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (file != INVALID_HANDLE_VALUE) {
    found = Found::free;
    return file;
  }
  found = GetLastError() == ERROR_SHARING_VIOLATION ? Found::locked : Found::unknown;
  return no_lock;
}
#else
using Lock = int;
constexpr Lock no_lock = -1;

void close_lock(Lock lock) { ::close(lock); }

Lock try_lock(const fs::path& folder, bool create, Found& found) {
  const int flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | (create ? O_CREAT | O_EXCL : 0);
  const int file = ::open((folder / marker).c_str(), flags, 0600);
  found = Found::unknown;
  if (file < 0) return no_lock;
  if (::flock(file, LOCK_EX | LOCK_NB) == 0) {
    found = Found::free;
    return file;
  }
  if (errno == EWOULDBLOCK) found = Found::locked;
  ::close(file);
  return no_lock;
}
#endif

// Without a slash at the end of a folder's name.
fs::path without_end(const fs::path& target) {
  const fs::path absolute = fs::absolute(target);
  return absolute.has_filename() ? absolute : absolute.parent_path();
}

// Removes `folder` if it was left by a process that has ended; true if a running process is using it.
bool remove_left(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(fs::symlink_status(folder, error))) return false;
  if (!fs::is_regular_file(fs::symlink_status(folder / marker, error))) {
    // If the folder is empty, a process was killed before it made the marker; any other folder is kept.
    fs::remove(folder, error);
    return false;
  }
  Found found;
  const Lock lock = try_lock(folder, false, found);
  if (lock == no_lock) return found == Found::locked;
#ifdef _WIN32
  close_lock(lock);
  fs::remove_all(folder, error);
#else
  fs::remove_all(folder, error);
  close_lock(lock);
#endif
  return false;
}

// The same for all scratch folders of a target; true if a running process is making something for it.
bool remove_all_left(const fs::path& target) {
  std::vector<fs::path> left;
  std::error_code error;
  fs::directory_iterator entries(target.parent_path(), error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    if (is_scratch_name(target, entries->path().filename())) left.push_back(entries->path());
  }
  bool in_use = false;
  for (const fs::path& folder : left) in_use = remove_left(folder) || in_use;
  return in_use;
}

// Makes checking, removing and making scratch folders one step. If locks do not work, a folder left by a
// process cannot be distinguished from one in use, and nothing is removed.
std::optional<FolderLock> lock_if_possible(const fs::path& folder) {
  try {
    return std::optional<FolderLock>(std::in_place, folder);
  } catch (const Error&) {  // the work continues without a lock
    return std::nullopt;
  }
}

void make_above(const fs::path& folder, std::vector<fs::path>& made) {
  std::vector<fs::path> missing;
  for (fs::path above = folder; kind_of(above) == Kind::missing; above = above.parent_path()) {
    missing.push_back(above);
  }
  for (auto next = missing.rbegin(); next != missing.rend(); ++next) {
    make_folder(*next);
    made.push_back(*next);
  }
}

[[noreturn]] void fail_taken(const fs::path& target, const char* what, const char* cure) {
  throw Error(ErrorCode::bad_input, fmt::format("{} {}", to_utf8(target), what), cure);
}

const fs::path& free_file(const fs::path& target) {
  const Kind kind = kind_of(target);
  std::error_code error;
  const bool link = fs::is_symlink(fs::symlink_status(target, error));
  const bool empty = kind == Kind::file && !link && fs::file_size(target, error) == 0 && !error;
  if (kind != Kind::missing && !empty) {
    fail_taken(target, "exists already", "name a new file: nothing is overwritten");
  }
  const fs::path folder = without_end(target).parent_path();
  if (kind_of(folder) != Kind::folder) {
    throw Error(ErrorCode::not_found,
                fmt::format("{}: folder {} not found", to_utf8(target), to_utf8(folder)),
                "make it, or name another path");
  }
  return target;
}

// True if the target is an empty folder, false if it does not exist.
bool folder_is_there(const fs::path& target) {
  const Kind kind = kind_of(target);
  if (kind == Kind::missing) return false;
  if (kind != Kind::folder) {
    fail_taken(target, "exists already and is not a folder", "name a new folder: nothing is overwritten");
  }
  return true;
}

// In an existing folder, things are made inside it: its parent may belong to somebody else.
fs::path inside(const fs::path& folder) { return folder / "export"; }

void require_empty(const fs::path& folder, const std::function<bool(const fs::path&)>& counts) {
  std::error_code error;
  fs::directory_iterator entries(folder, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    if (counts(entries->path().filename())) {
      fail_taken(folder, "exists already and is not empty", "name a new folder: nothing is overwritten");
    }
  }
  if (error) {
    throw Error(ErrorCode::io, fmt::format("cannot look into {}: {}", to_utf8(folder), error.message()),
                "check the permissions, or name another path");
  }
}

fs::path scratch_target(bool there, const fs::path& target) {
  if (!there) return target;
  require_empty(target, [&](const fs::path& name) { return !is_scratch_name(inside(target), name); });
  return inside(target);
}

}  // namespace

bool is_scratch_name(const fs::path& target, const fs::path& name) {
  const std::string begin = to_utf8(target.filename()) + std::string(infix), whole = to_utf8(name);
  return whole.size() == begin.size() + digits && whole.starts_with(begin) &&
         whole.find_first_not_of("0123456789abcdef", begin.size()) == std::string::npos;
}

void remove_left_scratch(const fs::path& target) noexcept {
  try {
    const fs::path place = without_end(target);
    if (const auto lock = lock_if_possible(place.parent_path())) remove_all_left(place);
  } catch (...) {  // the next one who makes something there tries again
  }
}

bool Scratch::make(const fs::path& target, bool alone) {
  const fs::path place = without_end(target), folder = place.parent_path();
  make_above(folder, made_above_);
  const auto lock = lock_if_possible(folder);
  if (lock && remove_all_left(place) && alone) return false;
  std::random_device random;
  fs::path path = place;
  path += fmt::format("{}{:08x}", infix, random());
  make_folder(path);
  path_ = path;
  Found found;
  lock_ = try_lock(path_, true, found);
  return true;
}

Scratch::Scratch(const fs::path& target) : Scratch() { make(target, false); }

std::optional<Scratch> Scratch::alone(const fs::path& target) {
  Scratch scratch;
  if (!scratch.make(target, true)) return std::nullopt;
  return scratch;
}

Scratch::Scratch(Scratch&& other) noexcept
    : path_(std::exchange(other.path_, {})),
      made_above_(std::exchange(other.made_above_, {})),
      lock_(std::exchange(other.lock_, no_lock)) {}

Scratch::~Scratch() {
  std::error_code ignored;
#ifdef _WIN32
  if (lock_ != no_lock) close_lock(lock_);
#endif
  if (!path_.empty()) fs::remove_all(path_, ignored);
#ifndef _WIN32
  if (lock_ != no_lock) close_lock(lock_);
#endif
  // Folders that are not empty are kept.
  for (auto made = made_above_.rbegin(); made != made_above_.rend(); ++made) fs::remove(*made, ignored);
}

NewFile::NewFile(const fs::path& target) : target_(free_file(target)), scratch_(target_) {}

void NewFile::put_in_place() {
  stop::check();
  if (kind_of(free_file(target_)) == Kind::missing) {
    move_new(path(), target_);
  } else {
    replace(path(), target_);
  }
  sync(target_);
}

NewFolder::NewFolder(const fs::path& target)
    : there_(folder_is_there(target)), target_(target), scratch_(scratch_target(there_, target)) {
  make_folder(path());
}

void NewFolder::put_in_place() {
  stop::check();
  if (!there_) {
    replace(path(), without_end(target_));
    return;
  }
  require_empty(target_, [&](const fs::path& name) { return name != scratch_.path().filename(); });
  std::vector<fs::path> entries;
  for (const fs::directory_entry& entry : fs::directory_iterator(path())) entries.push_back(entry.path());
  for (const fs::path& entry : entries) move_new(entry, target_ / entry.filename());
}

}  // namespace kalima::files
