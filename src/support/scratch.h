// Temporary places for files that are being made, so that a file at its final path is always complete.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace kalima::files {

// A folder next to the target, `TARGET.new-XXXXXXXX` (random hexadecimal digits), removed with its contents
// when the object is destroyed. A file in it, `in-use`, is locked as long as the process lives. This
// distinguishes the folder of a killed process, which is removed when the same target is made again, from one
// in use. Anything else with such a name, but without that file, is kept. Threads: one.
class Scratch {
 public:
  // Makes the folder and missing parent folders; the parents are removed again if they are empty at the end.
  // Throws Error.
  explicit Scratch(const std::filesystem::path& target);
  // The same if no other process is making something for this target; nullopt if one is. A file system
  // without locks cannot tell.
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
  std::vector<std::filesystem::path> made_above_;  // deepest last
#ifdef _WIN32
  void* lock_ = nullptr;
#else
  int lock_ = -1;
#endif
};

// Removes the scratch folders for `target` that processes left which were killed. What cannot be removed stays.
void remove_left_scratch(const std::filesystem::path& target) noexcept;

// True if a scratch folder for `target` could have this name: TARGET's name with `.new-` and eight
// hexadecimal digits.
bool is_scratch_name(const std::filesystem::path& target, const std::filesystem::path& name);

// A file that a command makes. Its path must be free, or have an empty file.
class NewFile {
 public:
  // Throws Error(bad_input) if `target` is not free, Error(not_found) if its folder is missing.
  explicit NewFile(const std::filesystem::path& target);

  // Where to write it.
  std::filesystem::path path() const { return scratch_ / "file"; }
  // Moves it to the target. Throws Error or Stopped; then the target is still free.
  void put_in_place();

 private:
  std::filesystem::path target_;
  Scratch scratch_;
};

// The same for a folder. An existing empty folder is accepted; missing parent folders are made.
class NewFolder {
 public:
  explicit NewFolder(const std::filesystem::path& target);

  // Where to write its contents; this folder exists.
  std::filesystem::path path() const { return scratch_ / "folder"; }
  void put_in_place();

 private:
  bool there_;
  std::filesystem::path target_;
  Scratch scratch_;
};

}  // namespace kalima::files
