// Files and folders. Paths are UTF-8 on every system. All functions throw Error by default: not_found if a
// part of the path is missing, bad_input if the path can lead nowhere, else io.
#pragma once

#include <cstddef>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>

namespace kalima::files {

// A path from UTF-8 and back; on Windows the native form is UTF-16.
std::filesystem::path path_from_utf8(std::string_view utf8);
std::string to_utf8(const std::filesystem::path& path);

// "quran.db" and "-wal" to "quran.db-wal".
std::filesystem::path with_suffix(std::filesystem::path path, std::string_view suffix);

enum class Kind {
  missing,
  file,  // an ordinary file
  folder,
  special,  // a device, a pipe, a socket
};

// What is at a path, following links. Throws Error(bad_input) if the path can lead nowhere (links in a cycle,
// a name that is too long), Error(not_found) for a link to a missing file.
Kind kind_of(const std::filesystem::path& path);
// Throws Error(not_found) or Error(bad_input) unless there is an ordinary file at `path`.
void require_file(const std::filesystem::path& path);

inline constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();
// Reads an ordinary file; for anything else it throws like require_file(), without waiting. A file of more
// than `max_bytes` is refused with Error(too_large) before it is read.
std::string read(const std::filesystem::path& path, std::size_t max_bytes = no_limit);
// Whether two ordinary files have the same bytes.
bool same_bytes(const std::filesystem::path& a, const std::filesystem::path& b);
// The first bytes of an ordinary file: `size`, or as many as it has.
std::string read_start(const std::filesystem::path& path, std::size_t size);
// Writes the file and syncs it, and its folder entry, to the disk before it returns.
void write_durably(const std::filesystem::path& path, std::string_view bytes);
// The same for a file that may exist: whatever happens, it has its old content or all of this. The new content is
// first written to `path`.part.
void replace_durably(const std::filesystem::path& path, std::string_view bytes);
// Syncs an existing file, and its folder entry, to the disk.
void sync(const std::filesystem::path& path);
// Moves `from` to `to`, replacing it in one step; both must be on one file system.
void replace(const std::filesystem::path& from, const std::filesystem::path& to);
// Puts `from` at `to`, where nothing may be; both on one file system.
void move_new(const std::filesystem::path& from, const std::filesystem::path& to);
// Makes a folder; with make_folders() those above it too. An existing one is left as it is.
void make_folder(const std::filesystem::path& path);
void make_folders(const std::filesystem::path& path);
// Removes a file, or a folder with its contents, if it exists.
void remove_all(const std::filesystem::path& path);

}  // namespace kalima::files
