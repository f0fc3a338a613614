// Where things are made before they are put in their places, so that what is at a place is complete or not there.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace kalima::files {

// A folder beside the place of what is made, `TARGET.new-XXXXXXXX` (random hexadecimal digits), gone with all it holds
// when the object goes. A file in it, `in-use`, is locked as long as the process lives: so what a killed process has
// left is told from what another one is making, and removed when the same thing is made again. Whatever else bears such
// a name, and has no such file, stays. One thread.
class Scratch {
 public:
  // Makes the folder, and those above it that are missing; the latter go again when nothing is in them at the end.
  // Throws Error.
  explicit Scratch(const std::filesystem::path& target);
  // The same when no other process is making something for this target; nullopt when one is. On a file system without
  // locks nobody can tell.
  static std::optional<Scratch> alone(const std::filesystem::path& target);
  ~Scratch();
  Scratch(Scratch&& other) noexcept;
  Scratch& operator=(Scratch&&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  Scratch() = default;
  bool make(const std::filesystem::path& target, bool alone);

  std::filesystem::path path_;
  std::vector<std::filesystem::path> made_above_;  // the deepest last
#ifdef _WIN32
  void* lock_ = nullptr;
#else
  int lock_ = -1;
#endif
};

// True when something for `target` could have this name: TARGET's name with `.new-` and eight hexadecimal digits.
bool is_scratch_name(const std::filesystem::path& target, const std::filesystem::path& name);

// A file that a command makes. Its place must be free: nothing there, or an empty file.
class NewFile {
 public:
  // Throws Error(bad_input) when there is something at `target`, Error(not_found) when its folder is missing.
  explicit NewFile(const std::filesystem::path& target);

  // Where to write it.
  std::filesystem::path path() const { return scratch_ / "file"; }
  // Puts it at the target. Throws Error, then nothing is there; Stopped, as long as it is not there yet.
  void put_in_place();

 private:
  std::filesystem::path target_;
  Scratch scratch_;
};

// The same for a folder, which may be there already when it is empty; folders above it are made.
class NewFolder {
 public:
  explicit NewFolder(const std::filesystem::path& target);

  // Where to write what shall be in it; this folder is there.
  std::filesystem::path path() const { return scratch_ / "folder"; }
  void put_in_place();

 private:
  bool there_;
  std::filesystem::path target_;
  Scratch scratch_;
};

}  // namespace kalima::files
